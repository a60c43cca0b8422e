import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { runRule } from '../testing/run-rule.ts';
import { widthSlopes } from '../testing/width-slopes.ts';
import { adam } from './adam.ts';
import { lamb, lambWeight } from './lamb.ts';
import { lars, larsWeight } from './lars.ts';
import { momentum } from './momentum.ts';
import type { UpdateRule } from './update-rule.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const knobs = { momentum: 0.9, trust: 1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const start = normals('start', 12);
const gradients = Array.from({ length: 5 }, (_, t) => normals(`gradient ${t}`, 12));
const length = (values: Float32Array) => Math.hypot(...values);

function run(rule: UpdateRule, { from = start, scale = 1, steps = 5 } = {}) {
  return runRule(rule, {
    ...{ start: from, shape: [3, 4], steps, rate: 0.1, epsilon: 1e-12, knobs },
    gradient: (step) => (gradients[step] ?? new Float32Array(12)).map((g) => g * scale),
  });
}

describe.each([
  ['LARS', larsWeight],
  ['LAMB', lambWeight],
] as const)('%s', (_, rule) => {
  it('first moves by its rate times the length of the weight', () => {
    const [first = start] = run(rule);
    const step = first.map((w, i) => w - (start[i] ?? 0));
    expect(length(step) / length(start)).toBeCloseTo(0.1, 5);
  });

  it('does not see the scale of the gradient, and keeps step with that of the weight', () => {
    const plain = run(rule).at(-1);
    run(rule, { scale: 1024 })
      .at(-1)
      ?.forEach((w, i) => {
        expect(w).toBeCloseTo(plain?.[i] ?? Number.NaN, 5);
      });
    run(rule, { from: start.map((w) => w * 8) })
      .at(-1)
      ?.forEach((w, i) => {
        expect(w / 8).toBeCloseTo(plain?.[i] ?? Number.NaN, 5);
      });
  });

  it('leaves zero, and stands still without a gradient', () => {
    const zero = new Float32Array(12);
    expect(length(run(rule, { from: zero, steps: 1 })[0] ?? zero)).toBeGreaterThan(0.01);
    for (const w of run(rule, { scale: 0 })) expect(w).toEqual(start);
  });
});

it('LAMB starts from zero as Adam', () => {
  const zero = new Float32Array(12);
  const [own] = run(lambWeight, { from: zero, steps: 1 });
  const [plain] = run(adam, { from: zero, steps: 1 });
  own?.forEach((w, i) => {
    expect(w).toBeCloseTo(plain?.[i] ?? Number.NaN, 6);
  });
});

it('LARS is its paper’s recursion in float64', () => {
  let [w, m] = [[...start], start.map(() => 0) as Float32Array | number[]];
  for (const gradient of gradients) {
    const ratio = Math.hypot(...w) / Math.hypot(...gradient);
    m = Array.from(m, (each, i) => 0.9 * each + ratio * (gradient[i] ?? 0));
    w = w.map((each, i) => each - 0.1 * (m[i] ?? 0));
  }
  run(larsWeight)
    .at(-1)
    ?.forEach((each, i) => {
      expect(each).toBeCloseTo(w[i] ?? Number.NaN, 5);
    });
});

it('leaves biases and gains to momentum and Adam', () => {
  const tensor = { name: 'x', shape: [1, 4], fanIn: 1, fanOut: 4 } as const;
  const scales = { fanIn: false, fanOut: true };
  expect(lars({ ...tensor, role: 'norm-gain', scales })).toBe(momentum);
  expect(lamb({ ...tensor, role: 'hidden-bias', scales })).toBe(adam);
  expect(lars({ ...tensor, role: 'hidden', scales })).toBe(larsWeight);
});

describe.each(['lars', 'lamb'] as const)('%s', (kind) => {
  const own = kind === 'lars' ? { learningRate: 0.05, trust: 1 } : { learningRate: 0.05 };
  const batch = sineBatch({ inputDim: 4 });
  const slopes = (name: 'sp' | 'mup' | 'mfp' | 'mup-table-3') =>
    widthSlopes((width) => smallShape({ width, centred: true, optimizer: { kind } }), {
      ...{ inputDim: 4, batch },
      lane: laneWith({ parameterization: { name, baseWidth: 16 }, knobs: own }),
      layers: ['input.preactivation', 'hidden1.preactivation', 'output.preactivation'],
    });

  it('with μP and MFP, moves every layer alike at every width', () => {
    for (const name of ['mup', 'mfp', 'mup-table-3'] as const) {
      for (const slope of slopes(name)) expect(Math.abs(slope)).toBeLessThan(0.25);
    }
  });

  it('with SP, gradients of low rank move hidden layers and the output as n^{1/2} and more', () => {
    const [, hidden = 0, output = 0] = slopes('sp');
    expect(hidden).toBeGreaterThan(0.3);
    expect(output).toBeGreaterThan(0.3);
  });

  it('trains on the device as in eager tfjs, and a lane as if it were alone', async () => {
    const lanes = [
      laneWith({ knobs: own }),
      laneWith({ knobs: own, parameterization: { name: 'mup', baseWidth: 8 }, seed: 2 }),
    ];
    const shape = smallShape({ bias: true, optimizer: { kind, decay: true } });
    await expectSameRuns(shape, { lanes, inputDim: 4, batch });
  });
});
