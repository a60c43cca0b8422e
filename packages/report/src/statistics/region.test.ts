import { describe, expect, it } from 'vitest';
import { meanInterval } from './mean.ts';
import { pairedDifference } from './paired.ts';
import { meanError, regionTest } from './region.ts';

const error = { error: 1, degrees: 4 };

describe('a test of a region', () => {
  it('with one bound is the one-sided t test', () => {
    const { pValue } = pairedDifference([1, 2, 4, 3, 2], [0, 0, 0, 0, 0]);
    const own = meanError([1, 2, 4, 3, 2]);
    expect(own.error).toBeCloseTo(Math.sqrt(1.3 / 5), 12);
    const { inside, outside, half } = regionTest(2.4, [own], { low: 0, high: Infinity });
    expect(inside).toBeCloseTo(pValue / 2, 12);
    expect(inside + outside).toBeCloseTo(1, 12);
    expect(2.4 - half).toBeCloseTo(meanInterval([1, 2, 4, 3, 2]).interval[0], 12);
  });

  it('of equivalence wants the whole 90 % interval inside, for p of 5 %', () => {
    // Student's 95 % quantile at 4 degrees of freedom.
    const t = 2.131846786;
    expect(regionTest(0.5, [error], { low: 0.5 - t, high: 10 }).inside).toBeCloseTo(0.05, 8);
    expect(regionTest(0.5, [error], { low: -10, high: 0.5 + t }).inside).toBeCloseTo(0.05, 8);
    expect(regionTest(0.5, [error], { low: 0.5 + t, high: 10 }).outside).toBeCloseTo(0.05, 8);
  });

  it('never says both', () => {
    for (const estimate of [-3, -1, 0, 0.2, 1, 2.5]) {
      const { inside, outside } = regionTest(estimate, [error], { low: -1, high: 1 });
      expect(Math.min(inside, outside)).toBeLessThanOrEqual(0.5);
      expect(inside + outside).toBeGreaterThanOrEqual(1 - 1e-12);
    }
  });

  it('with several errors goes by the worst', () => {
    const region = { low: 0, high: Infinity };
    const wide = regionTest(3, [error], region);
    const both = regionTest(3, [error, { error: 0.01, degrees: 100 }], region);
    expect(both.inside).toBe(wide.inside);
    expect(both.half).toBe(wide.half);
    expect(wide.half).toBeCloseTo(2.776445105, 8);
  });

  it('needs no error to see a difference without any', () => {
    const certain = [{ error: 0, degrees: 3 }];
    expect(regionTest(1, certain, { low: 0, high: 2 })).toEqual({ inside: 0, outside: 1, half: 0 });
    expect(() => regionTest(1, [], { low: 0, high: 2 })).toThrow('no standard error');
  });
});
