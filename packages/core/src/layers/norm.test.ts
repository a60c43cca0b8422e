import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { layerNormalize, rmsNormalize } from './normalize.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const h = () => tf.tensor(normals('h', 2 * 3 * 8), [2, 3, 8]);
const mean = (x: tf.Tensor) => tf.mean(x, -1).dataSync<'float32'>();

describe.each([
  ['rms', rmsNormalize, 0],
  ['layer', layerNormalize, 1],
] as const)('%s', (_, normalize, shifts) => {
  it('has unit mean square, and does not see the scale of its input', () => {
    for (const square of mean(tf.square(normalize(h())))) expect(square).toBeCloseTo(1, 4);
    const scaled = normalize(tf.mul(h(), 1000)).dataSync();
    normalize(tf.mul(h(), 30))
      .dataSync()
      .forEach((value, i) => {
        // ε = 1e-6 beside a mean square of 900.
        expect(value).toBeCloseTo(scaled[i] ?? Number.NaN, 5);
      });
  });

  it('layer norm does not see the mean either', () => {
    const plain = normalize(h()).dataSync();
    const moved = normalize(tf.add(h(), 5)).dataSync();
    const difference = Math.max(...plain.map((value, i) => Math.abs(value - (moved[i] ?? 0))));
    if (shifts) expect(difference).toBeLessThan(1e-5);
    else expect(difference).toBeGreaterThan(0.1);
  });

  it('has the gradient that the tape finds, and it is orthogonal to the input', () => {
    const weights = tf.tensor(normals('w', 48), [2, 3, 8]);
    const composed = (x: tf.Tensor) => {
      const centred = shifts ? tf.sub(x, tf.mean(x, -1, true)) : x;
      const square = tf.mean(tf.square(centred), -1, true);
      return tf.div(centred, tf.sqrt(tf.add(square, 1e-6))) as tf.Tensor;
    };
    const slope = (map: (x: tf.Tensor) => tf.Tensor) =>
      tf.grad((x) => tf.sum(tf.mul(map(x), weights)))(h());
    const own = slope(normalize);
    const tape = slope(composed).dataSync();
    own.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(tape[i] ?? Number.NaN, 5);
    });
    // Scale invariance: ⟨h, ∂L/∂h⟩ = 0 but for ε.
    for (const product of mean(tf.mul(own, h()))) expect(product).toBeCloseTo(0, 5);
  });
});
