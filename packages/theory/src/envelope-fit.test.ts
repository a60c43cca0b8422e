import { describe, expect, it } from 'vitest';
import { envelopeFit } from './envelope-fit.ts';
import { computeOptimum, parameterShare } from './scaling-law.ts';
import { plantedCurves } from './testing/planted-curves.ts';
import { plantedLaws } from './testing/planted-laws.ts';
import { normalSource } from './testing/random.ts';

describe('approach 1, the envelope of training curves', () => {
  it.each(plantedLaws)('finds the planted optimum without noise: law %#', (law) => {
    const line = envelopeFit(plantedCurves(law, { normal: () => 0, deviation: 0, seeds: 1 }));
    // Sizes step by a factor 1.7, over two decades or more of N: their staircase leaves 0.01 of the exponent.
    expect(Math.abs(line.exponent - parameterShare(law))).toBeLessThan(0.01);
    const compute = 1e21;
    const found = line.intercept + line.exponent * Math.log(compute);
    expect(Math.abs(found - Math.log(computeOptimum(law, compute).parameters))).toBeLessThan(0.1);
  });

  it.each(plantedLaws)('is not biased by noise of 1 %: law %#', (law) => {
    const normal = normalSource(21);
    const draws = Array.from(
      { length: 100 },
      () =>
        envelopeFit(plantedCurves(law, { normal, deviation: 0.01, seeds: 1 }), { budgets: 150 })
          .exponent,
    );
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 99);
    // Three standard errors, and the 0.01 of the staircase.
    expect(Math.abs(mean - parameterShare(law))).toBeLessThan(0.3 * deviation + 0.01);
  });

  it('refuses two curves of one size and too few sizes', () => {
    const curve = (parameters: number) => ({ parameters, tokens: [1, 2], losses: [[2, 1]] });
    expect(() => envelopeFit([1, 2, 3].map(curve))).toThrow('too few sizes: 3 (4 or more)');
    expect(() => envelopeFit([1, 2, 3, 4, 4].map(curve))).toThrow(/^two curves of 4 parameters/);
    expect(() => envelopeFit([{ parameters: 1, tokens: [1], losses: [[1, 2]] }], {})).toThrow(
      /^too few sizes/,
    );
  });
});
