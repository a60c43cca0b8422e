import { describe, expect, it } from 'vitest';
import { minimumOn } from './minimum.ts';
import {
  chinchillaAsPrinted,
  chinchillaRefitted,
  computeOptimum,
  parameterShare,
  scalingLoss,
  trainingCompute,
} from './scaling-law.ts';

describe('the compute optimum', () => {
  it.each([chinchillaAsPrinted, chinchillaRefitted])('is the minimum along C = 6ND', (law) => {
    for (const compute of [1e18, 1e21, 1e24]) {
      const { parameters, tokens, loss } = computeOptimum(law, compute);
      expect(trainingCompute(parameters, tokens) / compute).toBeCloseTo(1, 12);
      const found = minimumOn(
        (log) => scalingLoss(law, Math.exp(log), compute / (6 * Math.exp(log))),
        [Math.log(1e5), Math.log(1e14)],
      );
      expect(loss).toBeCloseTo(found.value, 12);
      // A flat minimum is found to the square root of round-off over its curvature, here about 1e-6.
      expect(Math.log(parameters)).toBeCloseTo(found.at, 5);
    }
  });

  it('moves with the exponents β/(α + β) and α/(α + β)', () => {
    const [small, large] = [1e20, 1e22].map((c) => computeOptimum(chinchillaRefitted, c));
    const share = Math.log((large?.parameters ?? 0) / (small?.parameters ?? 0)) / Math.log(100);
    expect(share).toBeCloseTo(parameterShare(chinchillaRefitted), 12);
    // 2404.10102 reports 0.512 for its fit.
    expect(share).toBeCloseTo(0.512, 2);
  });
});

describe('tokens a parameter at the budget of 2203.15556, 5.76e23 operations', () => {
  const ratio = (law: typeof chinchillaAsPrinted) => {
    const { parameters, tokens } = computeOptimum(law, 5.76e23);
    return tokens / parameters;
  };

  it('are near 20 by the refitted law, for which 70 × 10⁹ parameters are right', () => {
    expect(ratio(chinchillaRefitted)).toBeGreaterThan(16);
    expect(ratio(chinchillaRefitted)).toBeLessThan(24);
    expect(computeOptimum(chinchillaRefitted, 5.76e23).parameters / 70e9).toBeCloseTo(1, 0);
  });

  it('are several times more by the law as printed', () => {
    expect(ratio(chinchillaAsPrinted)).toBeGreaterThan(60);
  });
});
