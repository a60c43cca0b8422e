import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { powerLawTask } from './random-feature-optima.ts';
import {
  type KernelTask,
  type RandomFeatureFit,
  randomFeatureErrors,
  solveKappas,
} from './random-features.ts';
import { normalSource } from './testing/random.ts';

/** Test error, train error of one draw of features and data, the test error exact in the eigenbasis, for every ridge. */
function simulate(
  { eigenvalues, coefficients, labelNoise = 0 }: KernelTask,
  { samples, features }: { samples: number; features: number },
  ridges: readonly number[],
  normal: () => number,
): [number, number][] {
  const modes = eigenvalues.length;
  const gaussian = (rows: number, columns: number) =>
    Matrix.from1DArray(rows, columns, Array.from({ length: rows * columns }, normal));
  const inputs = gaussian(samples, modes);
  const projection = gaussian(modes, features);
  for (let i = 0; i < modes; i++) {
    projection.mulRow(i, Math.sqrt((eigenvalues[i] as number) / features));
  }
  const designed = inputs.mmul(projection);
  const labels = inputs.mmul(Matrix.columnVector(Array.from(coefficients)));
  for (let i = 0; i < samples; i++) labels.set(i, 0, labels.get(i, 0) + labelNoise * normal());
  return ridges.map((ridge) => {
    const weights =
      samples < features
        ? designed
            .transpose()
            .mmul(
              solve(
                Matrix.add(designed.mmul(designed.transpose()), Matrix.eye(samples).mul(ridge)),
                labels,
              ),
            )
        : solve(
            Matrix.add(designed.transpose().mmul(designed), Matrix.eye(features).mul(ridge)),
            designed.transpose().mmul(labels),
          );
    const learned = projection.mmul(weights);
    const test = learned
      .to1DArray()
      .reduce((sum, v, i) => sum + (v - (coefficients[i] as number)) ** 2, 0);
    const residual = Matrix.sub(designed.mmul(weights), labels).norm('frobenius');
    return [test + labelNoise ** 2, residual ** 2 / samples];
  });
}

describe('the eigenframework', () => {
  it.each([
    { samples: 60, features: 120 },
    { samples: 120, features: 60 },
    { samples: 80, features: 80 },
  ])('is the mean of simulated fits: n $samples, k $features', (sizes) => {
    const task = powerLawTask({
      modes: 200,
      eigenvalueExponent: 1.3,
      targetExponent: 1.6,
      labelNoise: 0.4,
    });
    const ridges = [0.03, 0.3, 3, 30];
    const normal = normalSource(sizes.samples);
    const draws = Array.from({ length: 20 }, () => simulate(task, sizes, ridges, normal));
    ridges.forEach((ridge, r) => {
      const theory = randomFeatureErrors(task, { ...sizes, ridge });
      (['test', 'train'] as const).forEach((kind, which) => {
        const values = draws.map((draw) => (draw[r] as [number, number])[which] as number);
        const mean = values.reduce((a, b) => a + b) / values.length;
        const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
        // Four standard errors of twenty draws, and 2 % for what the asymptotic formula leaves out at these sizes.
        const tolerance = 4 * Math.sqrt(variance / values.length) + 0.02 * theory[kind];
        expect(Math.abs(mean - theory[kind]), `${kind} at ridge ${ridge}`).toBeLessThan(tolerance);
      });
    });
  });

  const task = powerLawTask({
    modes: 500,
    eigenvalueExponent: 1.4,
    targetExponent: 1.2,
    labelNoise: 0.3,
  });

  it.each([
    { samples: 30, features: 100, ridge: 1e-2 },
    { samples: 100, features: 30, ridge: 1e-8 },
    { samples: 50, features: 50, ridge: 1e-6 },
    { samples: 20, features: 40, ridge: 0 },
    { samples: 3, features: 2, ridge: 1e4 },
  ])(
    'solves both equations, and gives the quotient as published: $samples, $features, $ridge',
    (fit) => {
      const { kappa, kappaHat } = solveKappas(task, fit);
      const { samples: n, features: k, ridge } = fit;
      const shares = Array.from(
        task.eigenvalues,
        (eigenvalue) => eigenvalue / (eigenvalue + kappaHat),
      );
      const z = shares.reduce((sum, share) => sum + share, 0);
      const q = shares.reduce((sum, share) => sum + share ** 2, 0);
      // Round-off of sums over 500 modes, and of κ where it is the small difference k − z.
      expect((z + ridge / kappa) / n).toBeCloseTo(1, 8);
      expect((z + (k * kappa) / kappaHat) / k).toBeCloseTo(1, 12);
      const bias = shares.reduce((sum, _, i) => {
        const eigenvalue = task.eigenvalues[i] as number;
        const published =
          kappaHat / (eigenvalue + kappaHat) -
          ((kappa * eigenvalue) / (eigenvalue + kappaHat) ** 2) * (k / (k - q));
        return sum + published * (task.coefficients[i] as number) ** 2;
      }, 0);
      const published = (bias + 0.3 ** 2) / (1 - (q * (k - 2 * z) + z * z) / (n * (k - q)));
      expect(randomFeatureErrors(task, fit).test / published).toBeCloseTo(1, 8);
    },
  );

  it('is kernel regression with ever more features', () => {
    const fit = (features: number): RandomFeatureFit => ({ samples: 40, features, ridge: 0.1 });
    const limit = randomFeatureErrors(task, fit(Number.POSITIVE_INFINITY)).test;
    const gap = (features: number) => randomFeatureErrors(task, fit(features)).test / limit - 1;
    // The difference is of first order in 1/k.
    expect(gap(1e6) / gap(1e5)).toBeCloseTo(0.1, 2);
    expect(Math.abs(gap(1e9))).toBeLessThan(1e-6);
  });

  it('is ordinary least squares where all modes are seen: σ² n/(n − modes)', () => {
    const small = powerLawTask({
      modes: 10,
      eigenvalueExponent: 2,
      targetExponent: 2,
      labelNoise: 0.5,
    });
    const { test, train } = randomFeatureErrors(small, { samples: 40, features: 70, ridge: 0 });
    expect(test).toBeCloseTo((0.25 * 40) / 30, 14);
    expect(train).toBeCloseTo((0.25 * 30) / 40, 14);
  });

  it('diverges at n = k without ridge, and nowhere else', () => {
    const at = (samples: number) =>
      randomFeatureErrors(task, { samples, features: 50, ridge: 0 }).test;
    expect(at(50)).toBe(Number.POSITIVE_INFINITY);
    expect(at(49)).toBeLessThan(100);
    expect(at(51)).toBeLessThan(100);
    const interpolating = { samples: 50, features: 50, ridge: 0 };
    expect(randomFeatureErrors(task, interpolating).train).toBe(0);
    const few = { eigenvalues: [1, 0.5], coefficients: [1, 1], labelNoise: 0.1 };
    const square = { samples: 2, features: 2, ridge: 0 };
    expect(randomFeatureErrors(few, square)).toEqual({ test: Number.POSITIVE_INFINITY, train: 0 });
    expect(randomFeatureErrors({ ...few, labelNoise: 0 }, square)).toEqual({ test: 0, train: 0 });
  });

  it('solves hard cases without losing its bracket', () => {
    const wild = powerLawTask({ modes: 300, eigenvalueExponent: 12, targetExponent: 2 });
    for (const ridge of [0, 1e-30, 1e-10, 1, 1e20]) {
      for (const [samples, features] of [
        [1, 1],
        [250, 3],
        [3, 250],
        [299.5, 299.7],
        [5000, 400],
      ] as const) {
        const { test } = randomFeatureErrors(wild, { samples, features, ridge });
        expect(test).toBeGreaterThanOrEqual(0);
        expect(Number.isNaN(test)).toBe(false);
      }
    }
  });

  it('refuses sizes and ridges that make no sense', () => {
    expect(() => solveKappas(task, { samples: 0, features: 1, ridge: 0 })).toThrow(
      /^unknown fit: n 0/,
    );
    expect(() => solveKappas(task, { samples: 1, features: 1, ridge: -1 })).toThrow(
      /^unknown fit: /,
    );
  });
});
