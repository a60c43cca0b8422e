import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import { completeKnobs } from '../knobs.ts';
import type { OptimizerShape, ResidualMlpShape } from '../shape.ts';
import { laneWith, sineBatch, smallResidualShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { withMultipliers } from '../testing/with-multipliers.ts';
import { trainingStep } from '../training-step.ts';
import type { DepthRule } from './depth-exponents.ts';
import { explicitForm } from './explicit-form.ts';
import type { ParameterizationName } from './tables.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases: readonly { readonly optimizer: OptimizerShape; readonly knobs: Knobs }[] = [
  { optimizer: { kind: 'momentum' }, knobs: { learningRate: 0.03 } },
  {
    optimizer: { kind: 'adamw', l1: true, l2: true, clip: true },
    knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 1, l1: 0.01, l2: 0.1, clip: 0.4 },
  },
  {
    optimizer: { kind: 'muon' },
    knobs: { learningRate: 0.02, adamRatio: 0.5, epsilon: 1e-2 },
  },
  { optimizer: { kind: 'lars' }, knobs: { learningRate: 0.03, trust: 1 } },
];

interface Setting {
  readonly name: ParameterizationName;
  readonly rule: DepthRule;
  readonly model: Partial<ResidualMlpShape>;
}

/** Loss curve of one lane, in normal form or with the multipliers of width, depth and branch in the graph. */
function curve(
  { optimizer, knobs }: (typeof cases)[number],
  { name, rule, model }: Setting,
  form: 'normal' | 'explicit',
): readonly number[] {
  const shape = smallResidualShape({ optimizer, bias: true, centred: true, depth: 4, ...model });
  const gains = {
    ...(shape.model.norm.kind === 'none' ? {} : { gainScale: 1.5 }),
    ...(shape.model.branchGain ? { branchGainScale: 0.5 } : {}),
  };
  const lane = laneWith({
    parameterization: { name, baseWidth: 4, depth: { rule, baseDepth: 1 } },
    knobs: { ...knobs, ...gains, richness: 0.5, biasScale: 0.3, branchMultiplier: 0.7 },
    schedule: { kind: 'cosine' },
  });
  const options = { inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 1 } as const;
  const step = trainingStep(shape, options);
  const batch = sineBatch({ inputDim: 3 });
  const train = { steps: 16, batch: () => batch(0) };
  const losses = ({ curve: all }: ReturnType<typeof trainEagerly>) =>
    all.map(([loss]) => loss ?? Number.NaN);
  if (form === 'normal') return losses(trainEagerly(step, plansOf(step, [lane]), train));
  const forms = Object.fromEntries(
    step.model.parameters.map((parameter) => [
      parameter.name,
      explicitForm(parameter, {
        parameterization: lane.parameterization,
        width: shape.model.width,
        depth: shape.model.depth,
        family: step.optimizer(parameter).family,
        knobs: completeKnobs(shape, lane.schedule, lane.knobs),
      }),
    ]),
  );
  const multipliers = Object.fromEntries(
    Object.entries(forms).map(([key, { multiplier }]) => [key, multiplier]),
  );
  const explicit = withMultipliers(step.model, multipliers);
  const plans = plansOf(step, [lane]).map((plan) => ({ ...plan, forms }));
  return losses(trainEagerly(trainingStep(shape, { ...options, model: explicit }), plans, train));
}

const settings: readonly Setting[] = [
  { name: 'sp', rule: 'inverse', model: { blockLayers: 1 } },
  {
    ...{ name: 'mup', rule: 'completep' },
    model: { blockLayers: 2, norm: { kind: 'layer', placement: 'pre', gains: true } },
  },
  {
    ...{ name: 'mup-table-8', rule: 'sqrt' },
    model: { blockLayers: 2, norm: { kind: 'rms', placement: 'post', gains: true } },
  },
  {
    ...{ name: 'ntp', rule: 'completep' },
    model: { blockLayers: 1, norm: { kind: 'rms', placement: 'both', gains: true } },
  },
  {
    ...{ name: 'mup', rule: 'completep' },
    model: { blockLayers: 2, weights: 'normalised', branchGain: 'features' },
  },
  { name: 'ntp', rule: 'sqrt', model: { blockLayers: 1, weights: 'spherical' } },
  {
    ...{ name: 'mfp', rule: 'none' },
    model: {
      weights: 'standardised',
      norm: { kind: 'dynamic-tanh', placement: 'post', gains: true },
    },
  },
];

describe.each(cases)('$optimizer.kind', (each) => {
  it.each(settings)(
    'trains the same in normal form as with explicit multipliers: $name, $rule, $model',
    (setting) => {
      const one = curve(each, setting, 'explicit');
      const other = curve(each, setting, 'normal');
      // The loss moves, so that agreement says something.
      expect(Math.abs((one.at(-1) ?? 0) / (one[0] ?? 0) - 1)).toBeGreaterThan(0.02);
      one.forEach((loss, t) => {
        // Float32 round-off of 6e-8 an operation, carried and amplified through 16 steps of a small net.
        expect(Math.abs(loss - (other[t] ?? Number.NaN)) / loss).toBeLessThan(5e-4);
      });
    },
  );
});
