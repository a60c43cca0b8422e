import { describe, expect, it } from 'vitest';
import {
  expectedSquaredNorm,
  linearGradientMoments,
  simpleNoiseScale,
  twoBatchMoments,
} from './gradient-noise.ts';
import { normalSource } from './testing/random.ts';

const problem = { eigenvalues: [3, 1, 0.5, 0.1], residual: [0.5, -1, 2, 1], labelNoise: 0.8 };

/** The gradient of the mean loss over a fresh batch. */
function batchGradient(normal: () => number, batchSize: number): number[] {
  const gradient = problem.residual.map(() => 0);
  for (let b = 0; b < batchSize; b++) {
    const x = problem.eigenvalues.map((eigenvalue) => Math.sqrt(eigenvalue) * normal());
    const error =
      x.reduce((sum, value, k) => sum + value * (problem.residual[k] as number), 0) -
      problem.labelNoise * normal();
    x.forEach((value, k) => {
      gradient[k] = (gradient[k] as number) + (value * error) / batchSize;
    });
  }
  return gradient;
}

const squaredNorm = (vector: readonly number[]) => vector.reduce((sum, v) => sum + v * v, 0);

describe('gradient moments of linear regression', () => {
  it('are those of sampled gradients', () => {
    const normal = normalSource(5);
    const moments = linearGradientMoments(problem);
    for (const batchSize of [1, 6]) {
      const norms = Array.from({ length: 60_000 / batchSize }, () =>
        squaredNorm(batchGradient(normal, batchSize)),
      );
      const mean = norms.reduce((a, b) => a + b) / norms.length;
      const variance = norms.reduce((sum, v) => sum + (v - mean) ** 2, 0) / norms.length;
      // Four standard errors of the mean.
      expect(Math.abs(mean - expectedSquaredNorm(moments, batchSize))).toBeLessThan(
        4 * Math.sqrt(variance / norms.length),
      );
    }
  });

  it('give B_simple = d + 1 + σ²d/|Δ|² on unit inputs', () => {
    const moments = linearGradientMoments({ ...problem, eigenvalues: [1, 1, 1, 1] });
    const expected = 4 + 1 + (0.8 ** 2 * 4) / squaredNorm(problem.residual);
    expect(simpleNoiseScale(moments)).toBeCloseTo(expected, 12);
  });

  it('refuse a residual of another size', () => {
    expect(() => linearGradientMoments({ eigenvalues: [1], residual: [1, 2] })).toThrow(
      'unknown residual: 2 modes (1)',
    );
  });
});

describe('estimates from two batch sizes', () => {
  it('invert the expected squared norms', () => {
    const moments = linearGradientMoments(problem);
    const at = (batchSize: number) => ({
      batchSize,
      squaredNorm: expectedSquaredNorm(moments, batchSize),
    });
    for (const [small, big] of [
      [1, 2],
      [8, 1024],
      [64, 3],
    ] as const) {
      const found = twoBatchMoments(at(small), at(big));
      expect(found.squaredNorm / moments.squaredNorm).toBeCloseTo(1, 11);
      expect(found.covarianceTrace / moments.covarianceTrace).toBeCloseTo(1, 11);
    }
  });

  it('refuse one batch size', () => {
    const only = { batchSize: 4, squaredNorm: 1 };
    expect(() => twoBatchMoments(only, only)).toThrow('equal batch sizes: 4 (two different ones)');
  });
});
