import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivationName } from './activations.ts';
import { activationNames, activationOf } from './activations.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const points = [-6, -2.5, -1, -0.3, 0.2, 0.7, 1, 3, 6];

/** erf by its Taylor series in float64, which converges everywhere and is accurate enough below |z| = 4.5. */
function erf(z: number): number {
  if (Math.abs(z) > 4.5) return Math.sign(z);
  let term = z;
  let total = z;
  for (let n = 1; n < 120; n++) {
    term *= (-z * z) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const references: Readonly<Record<ActivationName, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid,
  erf,
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  gelu: (z) => (z * (1 + erf(z / Math.SQRT2))) / 2,
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  swish: (z) => z * sigmoid(z),
  linear: (z) => z,
};

describe.each(activationNames)('%s', (name) => {
  const phi = activationOf(name);
  const reference = references[name];

  it('has the values of its definition', () => {
    const values = phi(tf.tensor1d(points)).dataSync();
    // tfjs' erf is a rational approximation with error 1.5e-7, the rest is float32 round-off of values up to 6.
    points.forEach((z, i) => {
      expect(values[i]).toBeCloseTo(reference(z), 5);
    });
  });

  it('has the derivative of its definition', () => {
    const weights = [1, -2, 3, 0.5, 1, 1, 2, -1, 1];
    const slopes = tf
      .grad((z) => phi(tf.mul(z, 1)))(tf.tensor1d(points), tf.tensor1d(weights))
      .dataSync();
    points.forEach((z, i) => {
      const h = 1e-5;
      const slope = (reference(z + h) - reference(z - h)) / (2 * h);
      // As above, times weights up to 3.
      expect(slopes[i]).toBeCloseTo((weights[i] ?? 0) * slope, 4);
    });
  });
});

it('names the known activations where one is unknown', () => {
  expect(() => activationOf('relu6' as ActivationName)).toThrow(
    'unknown activation: relu6 (relu, tanh, sigmoid, erf, elu, gelu, selu, swish, linear)',
  );
});
