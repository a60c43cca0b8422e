import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutMask } from './dropout.ts';
import type { Lane } from './lane-plan.ts';
import type { OptimizerKind } from './shape.ts';
import { laneWith, sineBatch, smallShape } from './testing/fixtures.ts';
import { uniforms } from './testing/normals.ts';
import { plansOf, trainEagerly, upload } from './testing/train-eagerly.ts';
import { trainingStep } from './training-step.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const regression = { inputDim: 3, output: { kind: 'regression', dim: 1 } } as const;
const batch = sineBatch({ inputDim: 3 });
const kinds: readonly OptimizerKind[] = [
  ...(['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'signsgd', 'muon'] as const),
];

function train(shape: ReturnType<typeof smallShape>, lanes: readonly Lane[], steps = 30) {
  const step = trainingStep(shape, { ...regression, lanes: lanes.length });
  return trainEagerly(step, plansOf(step, lanes), { steps, batch });
}

const lane = (learningRate: number, seed = 1): Lane => laneWith({ knobs: { learningRate }, seed });

describe.each(kinds)('%s', (kind) => {
  const shape = smallShape({
    optimizer: { kind, decay: true, l1: true, l2: true, clip: true },
    bias: true,
    centred: true,
  });
  const rate = { signsgd: 0.01, adam: 0.02, adamw: 0.02 }[kind as string] ?? 0.05;
  const gentle = laneWith({
    knobs: { learningRate: rate, weightDecay: 0.01, l1: 1e-4, l2: 1e-4, clip: 2 },
  });

  it('learns', () => {
    const { curve } = train(shape, [gentle], 150);
    const mean = (from: number) =>
      curve.slice(from, from + 30).reduce((total, [loss]) => total + (loss ?? 0), 0) / 30;
    expect(mean(120)).toBeLessThan(0.75 * mean(0));
  });

  it('a lane that diverges changes no bit of its neighbours', () => {
    const wild = laneWith({ knobs: { ...gentle.knobs, learningRate: 1e30 }, seed: 2 });
    const calm = { ...gentle, seed: 2 };
    const beside = train(shape, [gentle, wild]);
    const alone = train(shape, [gentle, calm]);
    expect(beside.curve.map(([loss]) => loss)).toEqual(alone.curve.map(([loss]) => loss));
    expect(beside.curve.at(-1)?.[1]).not.toBe(alone.curve.at(-1)?.[1]);
    for (const [name, values] of Object.entries(beside.state)) {
      const half = values.length / 2;
      expect(values.slice(0, half)).toEqual(alone.state[name]?.slice(0, half));
    }
  });
});

it('an absurd rate does diverge, to a loss that is not finite', () => {
  const { curve } = train(smallShape({ activation: 'relu' }), [lane(0.1), lane(1e30)]);
  expect(Number.isFinite(curve.at(-1)?.[0])).toBe(true);
  expect(Number.isFinite(curve.at(-1)?.[1])).toBe(false);
});

it('a lane trains the same alone as among others with other parameterizations and schedules', () => {
  const shape = smallShape({ optimizer: { kind: 'adam' } });
  const lanes: readonly Lane[] = [
    lane(0.01, 3),
    laneWith({
      parameterization: { name: 'mup', baseWidth: 4 },
      schedule: { kind: 'cosine' },
      knobs: { learningRate: 0.03, beta2: 0.9, richness: 3 },
      seed: 4,
    }),
    laneWith({ parameterization: { name: 'ntp', baseWidth: 2 }, seed: 5 }),
  ];
  const together = train(shape, lanes);
  lanes.forEach((each, i) => {
    const alone = train(shape, [each]);
    expect(alone.curve.map(([loss]) => loss)).toEqual(together.curve.map((losses) => losses[i]));
  });
});

describe('centred', () => {
  it('starts at zero output: the first loss is the mean square of the targets', () => {
    const { curve } = train(smallShape({ centred: true }), [lane(0.1)], 1);
    const y = batch(0).y.dataSync();
    const square = Array.from(y, (value) => value * value).reduce((a, b) => a + b) / y.length;
    expect(curve[0]?.[0]).toBeCloseTo(square, 6);
  });

  it('does nothing to the gradient but through the residual', () => {
    const plain = train(smallShape(), [lane(0)], 2);
    const centred = train(smallShape({ centred: true }), [lane(0)], 2);
    expect(plain.state).toEqual(centred.state);
    expect(plain.curve[0]).not.toEqual(centred.curve[0]);
  });
});

it('an SGD step is its gradients times the rate, and its loss is the one evaluated', () => {
  const step = trainingStep(smallShape({ bias: true }), { ...regression, lanes: 1 });
  const run = trainEagerly(step, plansOf(step, [lane(0.25)]), { steps: 1, batch });
  const at = { state: upload(run.initial, step.state), constants: {}, batch: batch(0) };
  expect(step.evaluate(at).dataSync()[0]).toBe(run.curve[0]?.[0]);
  for (const [name, gradient] of Object.entries(step.gradients(at))) {
    const values = gradient.dataSync();
    run.state[name]?.forEach((weight, i) => {
      expect(weight).toBeCloseTo((run.initial[name]?.[i] ?? 0) - 0.25 * (values[i] ?? 0), 6);
    });
  }
});

it('the gradient is the slope of the loss', () => {
  const step = trainingStep(smallShape({ centred: true }), { ...regression, lanes: 1 });
  const { initial, constants } = trainEagerly(step, plansOf(step, [lane(1)]), { steps: 0, batch });
  const loss = (shift: number) => {
    const moved = initial['hidden1.weight']?.slice() ?? new Float32Array();
    moved[7] = (moved[7] ?? 0) + shift;
    return {
      state: upload({ ...initial, 'hidden1.weight': moved }, step.state),
      constants: upload(constants, step.constants),
      batch: batch(0),
    };
  };
  const at = (shift: number) => step.evaluate(loss(shift)).dataSync()[0] ?? Number.NaN;
  const slope = step.gradients(loss(0))['hidden1.weight']?.dataSync()[7];
  // Central difference with step 0.05: error about 0.05² of the third derivative, float32 round-off 1e-6.
  expect((at(0.05) - at(-0.05)) / 0.1).toBeCloseTo(slope ?? Number.NaN, 4);
});

describe('richness', () => {
  it('divides the output by γ', () => {
    const shape = smallShape({ bias: true });
    const outputs = [1, 4].map((richness) => {
      const step = trainingStep(shape, { ...regression, lanes: 1 });
      const plans = plansOf(step, [
        laneWith({ knobs: { learningRate: 0.1, richness, biasScale: 1 } }),
      ]);
      const run = trainEagerly(step, plans, { steps: 0, batch });
      const state = upload(run.state, step.state);
      return step.predict({ state, constants: {}, x: batch(0).x }).dataSync();
    });
    outputs[0]?.forEach((f, i) => {
      // 4 is a power of two, so this is exact.
      expect(outputs[1]?.[i]).toBe(f / 4);
    });
  });
});

describe('penalties and clipping', () => {
  const zeroGradient = { ...regression, lanes: 1 } as const;

  it('with no gradient, L2 shrinks weights by 1 − ηλ and L1 by ηλ a step', () => {
    // An input of zeros gives the input layer no gradient.
    const still = () => ({ x: tf.zeros([1, 8, 3]), y: tf.zeros([1, 8, 1]) });
    for (const [penalty, expected] of [
      ['l2', (w: number) => w * (1 - 0.1 * 0.5)],
      ['l1', (w: number) => w - 0.1 * 0.5 * Math.sign(w)],
    ] as const) {
      const shape = smallShape({ optimizer: { kind: 'sgd', [penalty]: true } });
      const step = trainingStep(shape, zeroGradient);
      const plans = plansOf(step, [laneWith({ knobs: { learningRate: 0.1, [penalty]: 0.5 } })]);
      const run = trainEagerly(step, plans, { steps: 1, batch: still });
      run.initial['input.weight']?.forEach((w, i) => {
        expect(run.state['input.weight']?.[i]).toBeCloseTo(expected(w), 6);
      });
    }
  });

  it('clipping bounds the length of an SGD step by rate · threshold and is idle above the norm', () => {
    const shape = smallShape({ optimizer: { kind: 'sgd', clip: true } });
    const moved = (clip: number) => {
      const step = trainingStep(shape, zeroGradient);
      const plans = plansOf(step, [laneWith({ knobs: { learningRate: 1, clip } })]);
      const { state, initial } = trainEagerly(step, plans, { steps: 1, batch });
      const squares = Object.entries(state).flatMap(([name, values]) =>
        Array.from(values, (value, i) => (value - (initial[name]?.[i] ?? 0)) ** 2),
      );
      return Math.sqrt(squares.reduce((a, b) => a + b));
    };
    expect(moved(0.01)).toBeCloseTo(0.01, 6);
    const free = moved(1e6);
    expect(free).toBeGreaterThan(0.01);
    expect(moved(free * 2)).toBe(free);
  });
});

describe('dropout', () => {
  const shape = smallShape({ dropout: true });
  const step = trainingStep(shape, { ...regression, lanes: 2 });
  const lanes = [0, 0.5].map((dropout) => laneWith({ knobs: { learningRate: 0.1, dropout } }));
  const masks = (t: number) =>
    Object.fromEntries(
      step.model.masks.map(({ name, features }) => {
        const next = uniforms(`${name} ${t}`);
        const one = Float32Array.from({ length: 8 * features }, next);
        const both = [...dropoutMask(one.slice(), 0), ...dropoutMask(one, 0.5)];
        return [name, tf.tensor(both, [2, 8, features])];
      }),
    );

  it('has a rate per lane, and at rate 0 is no dropout', () => {
    const dropped = trainEagerly(step, plansOf(step, lanes), { steps: 20, batch, masks });
    const plain = train(smallShape(), [lane(0.1)], 20);
    expect(dropped.curve.map(([loss]) => loss)).toEqual(plain.curve.map(([loss]) => loss));
    expect(dropped.curve.at(-1)?.[1]).not.toBe(plain.curve.at(-1)?.[0]);
  });

  it('keeps a share 1 − rate and the expectation', () => {
    const mask = dropoutMask(Float32Array.from({ length: 20000 }, uniforms('mask')), 0.3);
    const kept = mask.filter((value) => value > 0).length / mask.length;
    // Four standard errors of a share at n = 20000.
    expect(Math.abs(kept - 0.7)).toBeLessThan(4 * Math.sqrt(0.21 / 20000));
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
  });
});
