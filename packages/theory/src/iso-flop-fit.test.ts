import { describe, expect, it } from 'vitest';
import { isoFlopFit } from './iso-flop-fit.ts';
import { parameterShare } from './scaling-law.ts';
import { plantedIsoFlops } from './testing/planted-curves.ts';
import { plantedLaws } from './testing/planted-laws.ts';
import { normalSource } from './testing/random.ts';

describe('approach 2, parabolas at equal compute', () => {
  it.each(plantedLaws)(
    'finds the planted exponent without noise where sizes lie alike at every budget: law %#',
    (law) => {
      const { exponent, optima } = isoFlopFit(
        plantedIsoFlops(law, { normal: () => 0, deviation: 0, seeds: 1 }),
      );
      expect(optima).toHaveLength(6);
      // A parabola in place of two exponentials is off by the same factor of N at every budget.
      expect(exponent).toBeCloseTo(parameterShare(law), 8);
    },
  );

  it.each(plantedLaws)('is not biased by noise of 1 %: law %#', (law) => {
    const normal = normalSource(22);
    const draws = Array.from(
      { length: 100 },
      () => isoFlopFit(plantedIsoFlops(law, { normal, deviation: 0.01, seeds: 1 })).exponent,
    );
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 99);
    // Three standard errors; vertices outside the sizes are left out, which may cost a little more.
    expect(Math.abs(mean - parameterShare(law))).toBeLessThan(0.3 * deviation + 0.005);
  });

  it('leaves out budgets without a valley, and says when none has three sizes', () => {
    const run = (parameters: number, loss: number) => ({
      parameters,
      tokens: [1 / parameters],
      losses: [[loss]],
    });
    expect(isoFlopFit([run(1, 1), run(2, 2), run(4, 1)]).exponent).toBeNaN();
    expect(() => isoFlopFit([1, 2, 3].map((n) => ({ ...run(n, 1), tokens: [1] })))).toThrow(
      /^no budget with three sizes/,
    );
  });
});
