import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { runRule } from '../testing/run-rule.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { biasCorrections } from './bias-corrections.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

interface Settings {
  readonly rate: (step: number) => number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay?: number;
}

/** 1412.6980, Algorithm 1, and the decoupled decay of 1711.05101, Algorithm 2, word for word in float64. */
function textbook(
  gradients: readonly Float32Array[],
  start: Float32Array,
  { rate, beta1, beta2, epsilon, decay = 0 }: Settings,
): number[][] {
  const w = Array.from(start);
  const m = w.map(() => 0);
  const v = w.map(() => 0);
  return gradients.map((gradient, step) => {
    const t = step + 1;
    for (let i = 0; i < w.length; i++) {
      const g = gradient[i] ?? 0;
      m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g;
      v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
      const mHat = (m[i] ?? 0) / (1 - beta1 ** t);
      const vHat = (v[i] ?? 0) / (1 - beta2 ** t);
      const before = w[i] ?? 0;
      w[i] = before - rate(step) * (mHat / (Math.sqrt(vHat) + epsilon) + decay * before);
    }
    return [...w];
  });
}

const gradients = Array.from({ length: 40 }, (_, t) => normals(`gradient ${t}`, 6));
const start = normals('start', 6);
const settings: Settings = {
  rate: (step) => 0.1 / Math.sqrt(1 + step),
  beta1: 0.8,
  beta2: 0.95,
  epsilon: 0.03,
};

it("the unscaled moments with the host's two numbers are the paper's Adam, in float64", () => {
  const { beta1, beta2, epsilon, rate } = settings;
  const knobs = { beta1, beta2 };
  const w = Array.from(start);
  const M = w.map(() => 0);
  const V = w.map(() => 0);
  const expected = textbook(gradients, start, settings);
  gradients.forEach((gradient, step) => {
    const bias = biasCorrections(knobs, step);
    const inputs = { rate: rate(step), epsilon, decay: 0, knobs, bias };
    const a = adam.perStep.rate?.(inputs) ?? Number.NaN;
    const e = adam.perStep.epsilon?.(inputs) ?? Number.NaN;
    for (let i = 0; i < w.length; i++) {
      const g = gradient[i] ?? 0;
      M[i] = beta1 * (M[i] ?? 0) + g;
      V[i] = beta2 * (V[i] ?? 0) + g * g;
      w[i] = (w[i] ?? 0) - (a * (M[i] ?? 0)) / (Math.sqrt(V[i] ?? 0) + e);
      // Float64 round-off only: the two are the same function.
      expect(Math.abs((w[i] ?? 0) - (expected[step]?.[i] ?? Number.NaN))).toBeLessThan(1e-14);
    }
  });
});

it.each([
  { rule: adam, decay: 0, name: 'Adam' },
  { rule: adamw, decay: 0.7, name: 'AdamW' },
])('$name follows the textbook to float32 round-off', ({ rule, decay }) => {
  const { beta1, beta2, epsilon, rate } = settings;
  const trajectory = runRule(rule, {
    ...{ start, shape: [2, 3], steps: gradients.length, rate, epsilon, decay },
    gradient: (step) => gradients[step] ?? new Float32Array(6),
    knobs: { beta1, beta2 },
  });
  const expected = textbook(gradients, start, { ...settings, decay });
  trajectory.forEach((weights, t) => {
    weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected[t]?.[i] ?? Number.NaN, 5);
    });
  });
});

it('the first step is rate · sign g where ε is small, whatever β₁ and β₂', () => {
  const gradient = normals('gradient', 6);
  const [after] = runRule(adam, {
    ...{ start: new Float32Array(6), shape: [2, 3], steps: 1, rate: 0.25, epsilon: 1e-12 },
    gradient: () => gradient,
    knobs: { beta1: 0.9, beta2: 0.999 },
  });
  after?.forEach((weight, i) => {
    expect(weight).toBeCloseTo(-0.25 * Math.sign(gradient[i] ?? 0), 6);
  });
});
