import { describe, expect, it } from 'vitest';
import { bestNormalizedRate, normalizedSteps, stepNormalizedErrors } from './normalized-sgd.ts';
import { stepSquaredErrors } from './sgd-linear.ts';
import { normalSource } from './testing/random.ts';

const problem = { eigenvalues: [2, 1, 0.5], labelNoise: 0.7 };
const start = [0.3, 0.8, 0.2];

describe('a step of normalised SGD', () => {
  it('descends by signs without noise', () => {
    const errors = Float64Array.from(start);
    stepNormalizedErrors(problem, { learningRate: 0.1, batchSize: Infinity }, errors);
    start.forEach((error, k) => {
      expect(errors[k]).toBeCloseTo((Math.sqrt(error) - 0.1) ** 2, 12);
    });
  });

  it('is a step of SGD at the rate over the root mean square, where coordinates are alike', () => {
    const alike = { eigenvalues: [1.5, 1.5], labelNoise: 2 };
    const batchSize = 3;
    const [one, other] = [Float64Array.of(0.4, 0.4), Float64Array.of(0.4, 0.4)];
    const residual = 4 + 2 * 1.5 * 0.4;
    const square = 1.5 ** 2 * 0.4 * (1 + 1 / batchSize) + (1.5 * residual) / batchSize;
    stepNormalizedErrors(alike, { learningRate: 0.05, batchSize }, one);
    stepSquaredErrors(alike, { learningRate: 0.05 / Math.sqrt(square), batchSize }, other);
    expect(one[0]).toBeCloseTo(other[0] as number, 12);
  });

  it('is the mean over simulated batches', () => {
    const normal = normalSource(3);
    const { eigenvalues, labelNoise } = problem;
    const [rate, batch, runs] = [0.2, 2, 40_000];
    const expected = Float64Array.from(start);
    stepNormalizedErrors(problem, { learningRate: rate, batchSize: batch }, expected);
    const residual =
      labelNoise ** 2 + eigenvalues.reduce((s, l, k) => s + l * (start[k] as number), 0);
    const sums = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const gradient = [0, 0, 0];
      for (let b = 0; b < batch; b++) {
        const x = eigenvalues.map((l) => Math.sqrt(l) * normal());
        const error = x.reduce(
          (s, v, k) => s + v * Math.sqrt(start[k] as number),
          labelNoise * normal(),
        );
        x.forEach((v, k) => {
          gradient[k] = (gradient[k] as number) + (v * error) / batch;
        });
      }
      gradient.forEach((g, k) => {
        const [l, c] = [eigenvalues[k] as number, start[k] as number];
        const root = Math.sqrt(l ** 2 * c * (1 + 1 / batch) + (l * residual) / batch);
        sums[k] = (sums[k] as number) + (Math.sqrt(c) - (rate * g) / root) ** 2 / runs;
      });
    }
    // Standard errors are about 1e-3.
    sums.forEach((sum, k) => {
      expect(Math.abs(sum - (expected[k] as number))).toBeLessThan(5e-3);
    });
  });
});

describe('the race to a target', () => {
  const race = (batchSize: number) => ({
    batchSize,
    initialSquaredErrors: start,
    targetLoss: 0.02,
  });

  it('has its best rate in proportion to √B where noise dominates, and level where it does not', () => {
    const rate = (batchSize: number) => bestNormalizedRate(problem, race(batchSize)).learningRate;
    // Signal over noise is about 0.2 B/16 at the start.
    expect(Math.log2(rate(1 / 2) / rate(1 / 8)) / 2).toBeCloseTo(0.5, 1);
    expect(rate(1e6) / rate(1e5)).toBeCloseTo(1, 2);
  });

  it('is fastest there', () => {
    const { learningRate, steps } = bestNormalizedRate(problem, race(1));
    for (const factor of [0.9, 1.1]) {
      expect(normalizedSteps(problem, race(1), factor * learningRate)).toBeGreaterThan(steps);
    }
    expect(normalizedSteps(problem, race(1), 1)).toBe(Infinity);
  });

  it('goes on where a step leads up before it leads down', () => {
    // All but one of the coordinates start where they should be: descent by signs first moves them away.
    const alike = { eigenvalues: Array<number>(101).fill(1) };
    const initialSquaredErrors = alike.eigenvalues.map((_, k) => (k === 0 ? 1 : 0));
    const half = { initialSquaredErrors, targetLoss: 0.25 };
    expect(normalizedSteps(alike, { ...half, batchSize: Infinity }, 0.05)).toBeLessThan(10);
    for (const rate of [0.05, 0.02]) {
      expect(normalizedSteps(alike, { ...half, batchSize: 64 }, rate)).toBeLessThan(30);
    }
    expect(bestNormalizedRate(alike, { ...half, batchSize: 64 }).steps).toBeLessThan(11);
  });

  it('refuses a target that is reached at the start', () => {
    expect(() => bestNormalizedRate(problem, { ...race(1), targetLoss: 10 })).toThrow(
      'unknown target loss: 10 (above 0, below the first loss',
    );
  });
});
