import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { ridgeFits } from './ridge-fit.ts';

/** Entries without a pattern that repeats. */
const entry = (i: number, j: number): number => Math.sin(1 + 3 * i + 7 * j + i * j);

describe('ridge regression on features', () => {
  it.each([
    [5, 9],
    [9, 5],
    [6, 6],
  ])('is (K + δ)⁻¹ y on the samples, %d samples and %d features', (samples, count) => {
    const stride = 12;
    const features = Float64Array.from({ length: samples * stride }, (_, i) =>
      entry(Math.floor(i / stride), i % stride),
    );
    const labels = Array.from({ length: samples }, (_, i) => Math.cos(5 * i));
    const ridges = [0.1, 10];
    const fits = ridgeFits({ features, stride, labels, samples, count }, ridges);
    const phi = Matrix.zeros(samples, count);
    for (let i = 0; i < samples; i++) for (let j = 0; j < count; j++) phi.set(i, j, entry(i, j));
    const kernel = phi.mmul(phi.transpose()).div(count);
    fits.forEach(({ weights, trainError }, r) => {
      const ridge = ridges[r] as number;
      const damped = Matrix.add(kernel, Matrix.eye(samples).mul(ridge));
      const alpha = inverse(damped).mmul(Matrix.columnVector(labels));
      const expected = phi.transpose().mmul(alpha).div(count).to1DArray();
      expected.forEach((weight, j) => {
        // Round-off of a solve whose condition number is below 1e4.
        expect(weights[j]).toBeCloseTo(weight, 10);
      });
      // What is left on the samples is δα.
      const left = (ridge * alpha.norm('frobenius')) ** 2 / samples;
      expect(trainError / left).toBeCloseTo(1, 8);
    });
  });
});
