import { describe, expect, it } from 'vitest';
import { shareInterval, shareTest } from './share.ts';

/** Probability of each count of successes. */
function binomial(total: number, share: number): number[] {
  let way = (1 - share) ** total;
  return Array.from({ length: total + 1 }, (_, count) => {
    const probability = way;
    way *= ((total - count) / (count + 1)) * (share / (1 - share));
    return probability;
  });
}

describe('shareInterval', () => {
  it('has the published ends', () => {
    const ends = (count: number, total: number) =>
      shareInterval(count, total).interval.map((end) => Number(end.toFixed(4)));
    expect(ends(0, 10)).toEqual([0, 0.3085]);
    expect(ends(5, 10)).toEqual([0.1871, 0.8129]);
  });

  it('covers every share at least as often as it says (Clopper–Pearson), by exact enumeration', () => {
    const ends = Array.from({ length: 19 }, (_, count) => shareInterval(count, 18).interval);
    for (let share = 0.01; share < 1; share += 0.01) {
      const covered = binomial(18, share).reduce((sum, probability, count) => {
        const [low, high] = ends[count] ?? [0, 0];
        return low <= share && share <= high ? sum + probability : sum;
      }, 0);
      expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9);
    }
  });

  it('refuses more successes than tries', () => {
    expect(() => shareInterval(3, 2)).toThrow('unknown share: 3 of 2');
    expect(() => shareInterval(0, 0)).toThrow('unknown share: 0 of 0');
  });
});

describe('shareTest', () => {
  it('is exact: 8 of 10 heads has p = 112/1024', () => {
    expect(shareTest(8, 10)).toBeCloseTo(112 / 1024, 12);
    expect(shareTest(5, 10)).toBe(1);
  });

  it('rejects a true share at most as often as its level, by exact enumeration', () => {
    for (const share of [0.3, 0.5, 0.8]) {
      const rejected = binomial(20, share).reduce(
        (sum, probability, count) =>
          shareTest(count, 20, share) <= 0.05 ? sum + probability : sum,
        0,
      );
      expect(rejected).toBeLessThanOrEqual(0.05);
    }
  });
});
