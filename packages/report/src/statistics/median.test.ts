import { describe, expect, it } from 'vitest';
import { medianInterval } from './median.ts';
import { uniformSource } from './random.ts';

describe('medianInterval', () => {
  it('has the ranks of published tables: 2 and 9 of 10, 14 and 27 of 40 at 95 %', () => {
    const ranks = (n: number) =>
      medianInterval(Array.from({ length: n }, (_, i) => i + 1)).interval;
    expect(ranks(10)).toEqual([2, 9]);
    expect(ranks(40)).toEqual([14, 27]);
    // Five observations cover the median with 94 % at most.
    expect(ranks(5)).toEqual([1, 5]);
  });

  it('covers the median of a skewed distribution at its level or more', () => {
    const uniform = uniformSource(5);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: 25 }, () => -Math.log(uniform()));
      const [low, high] = medianInterval(sample).interval;
      if (low <= Math.LN2 && Math.LN2 <= high) covered++;
    }
    // Exactly 0.957 at n = 25; four standard errors of 2,000 runs are 0.018.
    expect(covered / runs).toBeGreaterThan(0.957 - 0.018);
    expect(covered / runs).toBeLessThan(0.957 + 0.018);
  });

  it('leaves zeros out of the test', () => {
    expect(medianInterval([0, 0, -1, -2, -3, -1, -1]).pValue).toBeCloseTo(2 / 2 ** 5, 12);
    expect(medianInterval([0, 0]).pValue).toBe(1);
  });
});
