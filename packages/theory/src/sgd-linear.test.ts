import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  excessLoss,
  expectedLossCurve,
  largestStableRate,
  stationaryLoss,
  stepSquaredErrors,
} from './sgd-linear.ts';
import { normalSource } from './testing/random.ts';

const problem = { eigenvalues: [2, 1, 0.3], labelNoise: 0.7 };
const initial = [1, -2, 3];
const initialSquaredErrors = initial.map((e) => e * e);

/** Excess loss of one run of SGD, `[steps + 1]`. */
function simulate(
  normal: () => number,
  { learningRate, batchSize, steps }: { learningRate: number; batchSize: number; steps: number },
): number[] {
  const error = [...initial];
  const loss = () =>
    excessLoss(
      problem,
      error.map((e) => e * e),
    );
  const losses = [loss()];
  for (let t = 0; t < steps; t++) {
    const gradient = error.map(() => 0);
    for (let b = 0; b < batchSize; b++) {
      const x = problem.eigenvalues.map((eigenvalue) => Math.sqrt(eigenvalue) * normal());
      const residual =
        x.reduce((sum, value, k) => sum + value * (error[k] as number), 0) -
        problem.labelNoise * normal();
      x.forEach((value, k) => {
        gradient[k] = (gradient[k] as number) + (value * residual) / batchSize;
      });
    }
    gradient.forEach((g, k) => {
      error[k] = (error[k] as number) - learningRate * g;
    });
    losses.push(loss());
  }
  return losses;
}

/**
 * The matrix of C ↦ E (I − ηĤ) C (I − ηĤ) on all d² entries, with E x_a x_b x_c x_d written out by Wick's
 * theorem as a sum over pairings: no use is made of modes decoupling.
 */
function secondMomentOperator(
  eigenvalues: readonly number[],
  learningRate: number,
  batchSize: number,
): Matrix {
  const d = eigenvalues.length;
  const pair = (a: number, b: number) => (a === b ? (eigenvalues[a] as number) : 0);
  const operator = Matrix.zeros(d * d, d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      for (let p = 0; p < d; p++) {
        for (let q = 0; q < d; q++) {
          const fourth =
            pair(i, p) * pair(q, j) + pair(i, q) * pair(p, j) + pair(i, j) * pair(p, q);
          const squared = fourth / batchSize + (1 - 1 / batchSize) * pair(i, p) * pair(q, j);
          const same = i === p && j === q ? 1 : 0;
          const linear = pair(i, p) * (j === q ? 1 : 0) + (i === p ? 1 : 0) * pair(q, j);
          operator.set(
            i * d + j,
            p * d + q,
            same - learningRate * linear + learningRate ** 2 * squared,
          );
        }
      }
    }
  }
  return operator;
}

describe('the expected loss of SGD on linear regression', () => {
  it.each([1, 4])('is the mean of many runs, batch %i', (batchSize) => {
    const step = { learningRate: batchSize === 1 ? 0.1 : 0.3, batchSize, steps: 12 };
    const curve = expectedLossCurve(problem, { ...step, initialSquaredErrors });
    const normal = normalSource(3);
    const runs = Array.from({ length: 10_000 }, () => simulate(normal, step));
    for (const t of [1, 3, 12]) {
      const losses = runs.map((run) => run[t] as number);
      const mean = losses.reduce((a, b) => a + b) / losses.length;
      const variance = losses.reduce((sum, l) => sum + (l - mean) ** 2, 0) / losses.length;
      // Four standard errors; six comparisons in all.
      expect(Math.abs(mean - (curve[t] as number))).toBeLessThan(
        4 * Math.sqrt(variance / losses.length),
      );
    }
  });

  it.each([1, 3, 64])('is that of the full second-moment matrix, batch %i', (batchSize) => {
    const learningRate = 0.2;
    const d = problem.eigenvalues.length;
    const operator = secondMomentOperator(problem.eigenvalues, learningRate, batchSize);
    let moment = Matrix.columnVector(initial.flatMap((a) => initial.map((b) => a * b)));
    const errors = Float64Array.from(initialSquaredErrors);
    for (let t = 0; t < 20; t++) {
      moment = operator.mmul(moment);
      problem.eigenvalues.forEach((eigenvalue, k) => {
        const entry = moment.get(k * d + k, 0);
        const noise = (learningRate ** 2 * problem.labelNoise ** 2 * eigenvalue) / batchSize;
        moment.set(k * d + k, 0, entry + noise);
      });
      stepSquaredErrors(problem, { learningRate, batchSize }, errors);
      errors.forEach((error, k) => {
        // Round-off of twenty steps.
        expect(error / moment.get(k * d + k, 0)).toBeCloseTo(1, 12);
      });
    }
  });

  it('is gradient descent in the full-batch limit', () => {
    const learningRate = 0.4;
    const curve = expectedLossCurve(problem, {
      learningRate,
      batchSize: Number.POSITIVE_INFINITY,
      initialSquaredErrors,
      steps: 9,
    });
    const direct = problem.eigenvalues.reduce(
      (sum, l, k) =>
        sum + (l * (initialSquaredErrors[k] as number) * (1 - learningRate * l) ** 18) / 2,
      0,
    );
    expect((curve[9] as number) / direct).toBeCloseTo(1, 12);
  });

  it('refuses errors that are not one a mode', () => {
    expect(() =>
      expectedLossCurve(problem, {
        learningRate: 1,
        batchSize: 1,
        initialSquaredErrors: [1],
        steps: 1,
      }),
    ).toThrow('unknown errors: 1 modes (3, one an eigenvalue)');
  });
});

describe('the largest stable rate', () => {
  it.each([1, 2, 7, 100])(
    'is where the matrix form has spectral radius 1, batch %i',
    (batchSize) => {
      const rate = largestStableRate(problem, batchSize);
      const radius = (learningRate: number) =>
        Math.max(
          ...new EigenvalueDecomposition(
            secondMomentOperator(problem.eigenvalues, learningRate, batchSize),
          ).realEigenvalues.map(Math.abs),
        );
      // Round-off of an eigenvalue solver on a 9 × 9 matrix.
      expect(radius(rate)).toBeCloseTo(1, 10);
      expect(radius(0.99 * rate)).toBeLessThan(1);
    },
  );

  it('is 2B/(λ(B + d + 1)) for one eigenvalue, and 2/λ_max on full batches', () => {
    for (const [d, batchSize, eigenvalue] of [
      [1, 1, 3],
      [10, 4, 0.5],
      [500, 32, 1],
    ] as const) {
      const rate = largestStableRate({ eigenvalues: Array(d).fill(eigenvalue) }, batchSize);
      expect(rate / ((2 * batchSize) / (eigenvalue * (batchSize + d + 1)))).toBeCloseTo(1, 12);
    }
    expect(largestStableRate(problem, Number.POSITIVE_INFINITY)).toBe(1);
    expect(largestStableRate(problem, 1e9)).toBeCloseTo(1, 6);
  });

  it('refuses a covariance of zero', () => {
    expect(() => largestStableRate({ eigenvalues: [0, 0] }, 1)).toThrow(/^unknown eigenvalues: /);
  });
});

describe('the stationary loss', () => {
  it.each([1, 8])('is where the recursion ends, batch %i', (batchSize) => {
    const step = { learningRate: 0.1, batchSize };
    const curve = expectedLossCurve(problem, { ...step, initialSquaredErrors, steps: 3000 });
    // The slowest mode has shrunk by e^{−180} and more.
    expect(stationaryLoss(problem, step) / (curve[3000] as number)).toBeCloseTo(1, 10);
  });

  it('is infinite beyond the largest stable rate', () => {
    expect(stationaryLoss(problem, { learningRate: 0.99, batchSize: 2 })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
