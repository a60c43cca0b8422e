import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Parameter } from '../parameter.ts';
import { normals } from '../testing/normals.ts';
import { runRule } from '../testing/run-rule.ts';
import { adam } from './adam.ts';
import { muon, muonMatrix } from './muon.ts';
import { newtonSchulz } from './newton-schulz.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Muon's quintic on one singular value, five times, in float64. */
function quintic(singularValue: number): number {
  let s = singularValue;
  for (let i = 0; i < 5; i++) s = 3.4445 * s - 4.775 * s ** 3 + 2.0315 * s ** 5;
  return s;
}

describe('Newton–Schulz', () => {
  it('maps the singular values of a diagonal matrix by the quintic, after division by the norm', () => {
    const values = [5, 2, 1, 0.3];
    const norm = Math.hypot(...values);
    const matrix = tf.diag(tf.tensor1d(values)).reshape([1, 4, 4]);
    const result = newtonSchulz(matrix, tf.zeros([1, 1, 1])).dataSync();
    values.forEach((value, i) => {
      // 15 float32 products with coefficients up to 5.
      expect(result[i * 5]).toBeCloseTo(quintic(value / norm), 4);
    });
  });

  it.each([
    [12, 12],
    [20, 8],
    [8, 20],
  ] as const)('brings all singular values of a %i × %i matrix near 1', (rows, columns) => {
    const x = newtonSchulz(
      tf.tensor(normals('matrix', rows * columns), [1, rows, columns]),
      tf.zeros([1, 1, 1]),
    );
    const tall = rows > columns;
    const gram = tall ? tf.matMul(x, x, true) : tf.matMul(x, x, false, true);
    const side = Math.min(rows, columns);
    // The trace of the gram matrix is the sum of squared singular values; each is within the authors' 0.7 … 1.2 but
    // for the smallest of the square one, which five steps lift only part of the way.
    const trace = tf.sum(tf.mul(gram, tf.eye(side))).dataSync()[0] ?? 0;
    expect(trace / side).toBeGreaterThan(rows === columns ? 0.4 : 0.49);
    expect(trace / side).toBeLessThan(1.44);
  });

  it('forgets the scale of its argument and works lane by lane', () => {
    const one = normals('one', 9);
    const two = normals('two', 9);
    const both = Float32Array.from([...one, ...two.map((v) => v * 1024)]);
    const together = newtonSchulz(tf.tensor(both, [2, 3, 3]), tf.zeros([2, 1, 1])).dataSync();
    const alone = [one, two].flatMap((matrix) => [
      ...newtonSchulz(tf.tensor(matrix, [1, 3, 3]), tf.zeros([1, 1, 1])).dataSync(),
    ]);
    // A power of two scales floats exactly.
    expect([...together]).toEqual(alone);
  });
});

describe('Muon', () => {
  it('steps along the orthogonalised Nesterov momentum of its authors', () => {
    const gradients = Array.from({ length: 5 }, (_, t) => normals(`gradient ${t}`, 16));
    const mu = 0.9;
    const trajectory = runRule(muonMatrix, {
      ...{ start: new Float32Array(16), shape: [4, 4], steps: 5, rate: 0.1, epsilon: 1e-7 },
      gradient: (step) => gradients[step] ?? new Float32Array(16),
      knobs: { momentum: mu },
    });
    // As published: buf.lerp_(grad, 1 − μ); update = grad.lerp(buf, μ); W −= rate · zeropower(update).
    let buffer = new Float32Array(16);
    let weights = new Float32Array(16);
    gradients.forEach((gradient, t) => {
      buffer = buffer.map((b, i) => mu * b + (1 - mu) * (gradient[i] ?? 0));
      const update = gradient.map((g, i) => (1 - mu) * g + mu * (buffer[i] ?? 0));
      const step = newtonSchulz(tf.tensor(update, [1, 4, 4]), tf.fill([1, 1, 1], 1e-7)).dataSync();
      weights = weights.map((w, i) => w - 0.1 * (step[i] ?? 0));
      weights.forEach((w, i) => {
        expect(trajectory[t]?.[i]).toBeCloseTo(w, 4);
      });
    });
  });

  it('leaves the input and output layers and biases to Adam, at a rate of their own', () => {
    const rule = (role: Parameter['role']) =>
      muon({
        ...{ name: 'tensor', role, shape: [4, 4], fanIn: 4, fanOut: 4 },
        scales: { fanIn: true, fanOut: true },
      });
    expect(rule('hidden')).toBe(muonMatrix);
    for (const role of ['input', 'output', 'input-bias', 'hidden-bias', 'output-bias'] as const) {
      expect(rule(role).update).toBe(adam.update);
      expect(rule(role).rateFactor?.({ adamRatio: 0.03 })).toBe(0.03);
    }
  });
});
