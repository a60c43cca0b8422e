import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import { completeKnobs } from '../knobs.ts';
import type { OptimizerShape } from '../shape.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { withMultipliers } from '../testing/with-multipliers.ts';
import { trainingStep } from '../training-step.ts';
import { explicitForm } from './explicit-form.ts';
import type { ParameterizationName } from './tables.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

interface Case {
  readonly name: string;
  readonly optimizer: OptimizerShape;
  readonly knobs: Knobs;
}

const cases: readonly Case[] = [
  { name: 'SGD', optimizer: { kind: 'sgd' }, knobs: { learningRate: 0.1 } },
  { name: 'momentum', optimizer: { kind: 'momentum' }, knobs: { learningRate: 0.05 } },
  { name: 'Nesterov', optimizer: { kind: 'nesterov' }, knobs: { learningRate: 0.05 } },
  { name: 'Adam', optimizer: { kind: 'adam' }, knobs: { learningRate: 0.01, epsilon: 1e-2 } },
  {
    name: 'AdamW',
    optimizer: { kind: 'adamw' },
    knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 1 },
  },
  { name: 'SignSGD', optimizer: { kind: 'signsgd' }, knobs: { learningRate: 0.003 } },
  {
    name: 'Muon',
    optimizer: { kind: 'muon' },
    knobs: { learningRate: 0.02, adamRatio: 0.5, epsilon: 1e-2 },
  },
  {
    name: 'momentum with decay and penalties',
    optimizer: { kind: 'momentum', decay: true, l1: true, l2: true },
    knobs: { learningRate: 0.05, weightDecay: 0.3, l1: 0.01, l2: 0.1 },
  },
  {
    name: 'Adam with decay and penalties',
    optimizer: { kind: 'adam', decay: true, l1: true, l2: true },
    knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 1, l1: 0.01, l2: 0.1 },
  },
  {
    name: 'SGD with decay, penalties and clipping',
    optimizer: { kind: 'sgd', decay: true, l1: true, l2: true, clip: true },
    knobs: { learningRate: 0.1, weightDecay: 0.3, l1: 0.01, l2: 0.1, clip: 0.4 },
  },
  {
    name: 'Adam with decay, penalties and clipping',
    optimizer: { kind: 'adam', decay: true, l1: true, l2: true, clip: true },
    knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 1, l1: 0.01, l2: 0.1, clip: 0.4 },
  },
  {
    name: 'LARS with a penalty',
    optimizer: { kind: 'lars', l2: true },
    knobs: { learningRate: 0.05, trust: 0.5, l2: 0.1 },
  },
  {
    name: 'LAMB with decay',
    optimizer: { kind: 'lamb', decay: true },
    knobs: { learningRate: 0.02, epsilon: 1e-2, weightDecay: 0.3 },
  },
];

const baseWidth = 4;
const steps = 16;

/** Loss curve of one lane, in normal form or with the parameterization's multipliers in the graph. */
function curve(
  { optimizer, knobs }: Case,
  name: ParameterizationName,
  form: 'normal' | 'explicit',
  richness = 0.5,
): readonly number[] {
  const shape = smallShape({ optimizer, bias: true, centred: true });
  const lane = laneWith({
    parameterization: { name, baseWidth },
    knobs: { ...knobs, richness, biasScale: 0.3 },
    schedule: { kind: 'cosine' },
  });
  const options = { inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 1 } as const;
  const step = trainingStep(shape, options);
  const batch = sineBatch({ inputDim: 3 });
  const train = { steps, batch: () => batch(0) };
  if (form === 'normal') {
    return trainEagerly(step, plansOf(step, [lane]), train).curve.map(
      ([loss]) => loss ?? Number.NaN,
    );
  }
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
  const model = withMultipliers(step.model, multipliers);
  const plans = plansOf(step, [lane]).map((plan) => ({ ...plan, forms }));
  return trainEagerly(trainingStep(shape, { ...options, model }), plans, train).curve.map(
    ([loss]) => loss ?? Number.NaN,
  );
}

function expectSame(one: readonly number[], other: readonly number[]): void {
  // The loss moves, so that agreement says something.
  expect(Math.abs((one.at(-1) ?? 0) / (one[0] ?? 0) - 1)).toBeGreaterThan(0.02);
  one.forEach((loss, t) => {
    // Float32 round-off of 6e-8 an operation, carried and amplified through 16 steps of a small net.
    expect(Math.abs(loss - (other[t] ?? Number.NaN)) / loss).toBeLessThan(2e-4);
  });
}

describe.each(cases)('$name', (each) => {
  it.each(['sp', 'ntp', 'mfp', 'mup', 'mup-table-3', 'mup-table-8'] as const)(
    'trains the same in normal form as with explicit multipliers: %s',
    (name) => {
      expectSame(curve(each, name, 'explicit'), curve(each, name, 'normal'));
    },
  );

  it('trains differently in SP', () => {
    const [sp, mup] = [curve(each, 'sp', 'normal'), curve(each, 'mup', 'normal')];
    expect(Math.abs((sp.at(-1) ?? 0) / (mup.at(-1) ?? 1) - 1)).toBeGreaterThan(1e-3);
  });
});

// Clipping is left out: it looks at the explicit gradients' global norm, in which these forms differ.
describe.each(cases.filter(({ optimizer }) => !optimizer.clip))('$name', (each) => {
  it('trains the same in all tables of μP and in MFP', () => {
    const reference = curve(each, 'mup', 'explicit', 1);
    for (const name of ['mup-table-3', 'mup-table-8', 'mfp'] as const) {
      expectSame(curve(each, name, 'explicit', 1), reference);
    }
  });
});
