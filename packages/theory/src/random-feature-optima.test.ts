import { describe, expect, it } from 'vitest';
import { optimalAllocation, optimalRidge, powerLawTask } from './random-feature-optima.ts';
import { randomFeatureErrors } from './random-features.ts';

const tasks = {
  noisy: powerLawTask({
    modes: 400,
    eigenvalueExponent: 1.5,
    targetExponent: 1.5,
    labelNoise: 0.5,
  }),
  clean: powerLawTask({ modes: 400, eigenvalueExponent: 1.2, targetExponent: 2.5 }),
  drowned: powerLawTask({ modes: 50, eigenvalueExponent: 2, targetExponent: 2, labelNoise: 30 }),
};

describe('the optimal ridge', () => {
  it('is asked for where there is something to learn', () => {
    const nothing = { eigenvalues: [1, 0.5], coefficients: [0, 0], labelNoise: 1 };
    expect(() => optimalRidge(nothing, { samples: 2, features: 4 })).toThrow(
      'unknown coefficients: all 0 (one or more not 0)',
    );
  });

  it.each(Object.entries(tasks))('beats every ridge of a grid: %s', (_, task) => {
    for (const [samples, features] of [
      [30, 90],
      [90, 30],
      [60, 60],
      [500, 700],
    ] as const) {
      const best = optimalRidge(task, { samples, features });
      for (let log = -20; log <= 20; log += 0.25) {
        const { test } = randomFeatureErrors(task, { samples, features, ridge: Math.exp(log) });
        expect(best.test).toBeLessThanOrEqual(test * (1 + 1e-9));
      }
      const again = randomFeatureErrors(task, { samples, features, ridge: best.ridge });
      // Exactly zero where a clean target is seen whole.
      expect(Math.abs(again.test - best.test)).toBeLessThanOrEqual(1e-9 * best.test);
    }
  });

  it.each(Object.entries(tasks))('makes more data and more features better: %s', (_, task) => {
    const sizes = [1, 3, 10, 30, 100, 399, 401, 1000, Number.POSITIVE_INFINITY];
    const error = (samples: number, features: number) =>
      optimalRidge(task, { samples, features }).test;
    for (const fixed of [2, 20, 200, 2000]) {
      for (let i = 1; i < sizes.length; i++) {
        const [fewer, more] = [sizes[i - 1] as number, sizes[i] as number];
        expect(error(fixed, more)).toBeLessThanOrEqual(error(fixed, fewer) * (1 + 1e-12));
        if (more < Number.POSITIVE_INFINITY) {
          expect(error(more, fixed)).toBeLessThanOrEqual(error(fewer, fixed) * (1 + 1e-12));
        }
      }
    }
  });
});

describe('the optimal allocation', () => {
  it('beats its neighbours', () => {
    const best = optimalAllocation(tasks.noisy, 3000);
    expect(best.samples * best.features).toBeCloseTo(3000, 6);
    for (const factor of [0.7, 0.95, 1.05, 1.4]) {
      const sizes = { samples: best.samples * factor, features: best.features / factor };
      expect(optimalRidge(tasks.noisy, sizes).test).toBeGreaterThan(best.test);
    }
  });

  /** Change of log₁₀(n/k) over one decade of n·k. */
  const slope = (eigenvalueExponent: number, targetExponent: number): number => {
    const task = powerLawTask({ modes: 3000, eigenvalueExponent, targetExponent });
    const [before, after] = [1e4, 1e5].map((budget) => {
      const { samples, features } = optimalAllocation(task, budget);
      return samples / features;
    }) as [number, number];
    return Math.log10(after / before);
  };

  it('keeps n/k where both limit the error alike, β − 1 < α', () => {
    // Too few samples and too few features both cost size^{−(β−1)}. What is left is the truncation at 3000 modes.
    expect(Math.abs(slope(2, 1.5))).toBeLessThan(0.03);
    expect(Math.abs(slope(1.5, 2))).toBeLessThan(0.03);
  });

  it('spends on features where they limit the error more, β − 1 > α', () => {
    // n^{−2.5} against k^{−1.5} at fixed n·k: n/k ∝ (nk)^{−1/4}; slopes of successive decades are −0.16, −0.20, −0.25.
    expect(Math.abs(slope(1.5, 3.5) + 0.25)).toBeLessThan(0.06);
  });

  it('refuses a budget below 1', () => {
    expect(() => optimalAllocation(tasks.noisy, 0.5)).toThrow(
      'unknown budget: 0.5 (a number above 1)',
    );
  });
});
