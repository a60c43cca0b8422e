import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import { completeKnobs } from '../knobs.ts';
import type { OptimizerShape, TransformerShape } from '../shape.ts';
import { laneWith, smallTransformerShape, tokenBatch } from '../testing/fixtures.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { withMultipliers } from '../testing/with-multipliers.ts';
import { trainingStep } from '../training-step.ts';
import { explicitForm } from './explicit-form.ts';
import type { ParameterizationName } from './tables.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const vocabulary = 5;
const cases: readonly { readonly optimizer: OptimizerShape; readonly knobs: Knobs }[] = [
  { optimizer: { kind: 'momentum' }, knobs: { learningRate: 0.03 } },
  {
    optimizer: { kind: 'adamw' },
    knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 0.5 },
  },
];
type Case = (typeof cases)[number];

/** Loss curve of one lane, in the form it trains in or with every multiplier in the graph. */
function curve(
  { optimizer, knobs }: Case,
  name: ParameterizationName,
  {
    model,
    form,
  }: { readonly model: Partial<TransformerShape>; readonly form: 'explicit' | 'trained' },
): readonly number[] {
  const shape = smallTransformerShape({ optimizer, centred: true, ...model });
  const lane = laneWith({
    parameterization: { name, baseWidth: 2, depth: { rule: 'completep', baseDepth: 1 } },
    knobs: { ...knobs, richness: 2, branchMultiplier: 2, attentionScale: 3 },
  });
  const output = { kind: 'classes', count: vocabulary } as const;
  const options = { inputDim: 1, lanes: 1, output };
  const step = trainingStep(shape, options);
  const batch = tokenBatch({ vocabulary, context: shape.model.context });
  const train = { steps: 12, batch: () => batch(0) };
  const losses = ({ curve: all }: ReturnType<typeof trainEagerly>) =>
    all.map(([loss]) => loss ?? Number.NaN);
  if (form === 'trained') return losses(trainEagerly(step, plansOf(step, [lane]), train));
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
  // A tied tensor's multiplier is in the graph already.
  const untied = step.model.parameters.filter(({ tied }) => !tied);
  const multipliers = untied.map((each) => [each.name, forms[each.name]?.multiplier ?? 1] as const);
  const explicit = withMultipliers(step.model, Object.fromEntries(multipliers));
  const plans = plansOf(step, [lane]).map((plan) => ({ ...plan, forms }));
  return losses(trainEagerly(trainingStep(shape, { ...options, model: explicit }), plans, train));
}

function expectSame(one: readonly number[], other: readonly number[]): void {
  // The loss moves, so that agreement says something.
  expect(Math.abs((one.at(-1) ?? 0) / (one[0] ?? 0) - 1)).toBeGreaterThan(0.02);
  one.forEach((loss, t) => {
    // Float32 round-off of 6e-8 an operation, carried and amplified through 12 steps of a small net.
    expect(Math.abs(loss - (other[t] ?? Number.NaN)) / loss).toBeLessThan(5e-4);
  });
}

const norm = { kind: 'layer', placement: 'both', gains: true } as const;
const models: readonly (readonly [string, Partial<TransformerShape>])[] = [
  ['untied, rotary', { bias: true }],
  [
    'tied, learned positions, gated, norms on both sides',
    {
      ...{ readout: 'tied', positions: 'learned', feedForward: 'gated', norm },
    },
  ],
  ['QK norm, 1/d', { queryKeyNorm: true, logitScale: 'inverse' }],
];

describe.each(cases)('$optimizer.kind', (each) => {
  it.each(models)(
    'trains the same in its form as with multipliers in the graph: %s',
    (_, model) => {
      for (const name of ['sp', 'ntp', 'mup'] as const) {
        expectSame(
          curve(each, name, { model, form: 'explicit' }),
          curve(each, name, { model, form: 'trained' }),
        );
      }
    },
  );

  it.each(models)('trains the same in all tables of μP and in MFP: %s', (_, model) => {
    const reference = curve(each, 'mup', { model, form: 'trained' });
    for (const name of ['mup-table-3', 'mup-table-8', 'mfp'] as const) {
      expectSame(curve(each, name, { model, form: 'trained' }), reference);
    }
  });
});
