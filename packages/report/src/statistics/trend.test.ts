import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { pageTrend, slopeTrend } from './trend.ts';

const x = [3, 4, 5, 6, 7, 8];

describe('slopeTrend', () => {
  it('finds an exact slope whatever the seeds share', () => {
    const rows = [0, 10, -3].map((shift) => x.map((at) => shift - 0.25 * at));
    const { estimate, interval, pValue } = slopeTrend(x, rows);
    expect(estimate).toBeCloseTo(-0.25, 12);
    expect(interval[1] - interval[0]).toBeLessThan(1e-12);
    expect(pValue).toBeLessThan(1e-12);
  });

  it('covers and rejects as often as it says', () => {
    const rows = (normal: () => number) =>
      Array.from({ length: 5 }, () => {
        const shift = 5 * normal();
        return sampleOf(6, normal).map((noise) => shift + noise);
      });
    const covered = simulatedShare(1000, (normal) => {
      const { interval, pValue } = slopeTrend(x, rows(normal));
      const inside = interval[0] <= 0 && 0 <= interval[1];
      expect(inside).toBe(pValue >= 0.05);
      return inside;
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(shareError(0.95, 1000));
  });

  it('refuses ragged rows and what is not finite', () => {
    expect(() => slopeTrend([1, 2], [[1, 2], [1]])).toThrow('unusable row: [1]');
    expect(() =>
      slopeTrend(
        [1, 2],
        [
          [1, Infinity],
          [1, 2],
        ],
      ),
    ).toThrow('unusable row');
  });
});

describe('pageTrend', () => {
  const rising = (arms: number, seeds: number) =>
    Array.from({ length: seeds }, () => Array.from({ length: arms }, (_, i) => i));

  it("has the tails of Page's table", () => {
    expect(pageTrend(rising(3, 2))).toMatchObject({
      statistic: 28,
      increasing: expect.closeTo(1 / 36, 12),
    });
    // Three seeds, four arms: L = 84, 87 and 89 are the first beyond the 5, 1 and 0.1 % points.
    const tail = (...rows: readonly string[]) => {
      const { statistic, increasing } = pageTrend(rows.map((row) => Array.from(row, Number)));
      return [statistic, increasing] as const;
    };
    const [l83, p83] = tail('1234', '1243', '4123');
    const [l84, p84] = tail('1234', '1243', '2413');
    const [l88, p88] = tail('1234', '1243', '1243');
    const [l89, p89] = tail('1234', '1234', '1243');
    expect([l83, l84, l88, l89]).toEqual([83, 84, 88, 89]);
    expect([p83 > 0.05, p84 <= 0.05, p88 > 0.001, p89 <= 0.001]).toEqual([true, true, true, true]);
  });

  it('mirrors when the order is reversed', () => {
    const rows = [
      [1, 3, 2, 5],
      [2, 1, 4, 3],
      [1, 2, 2, 3],
    ];
    const reversed = rows.map((row) => [...row].reverse());
    expect(pageTrend(reversed).increasing).toBeCloseTo(pageTrend(rows).decreasing, 12);
  });

  it('never rejects more often than its level, ties or not', () => {
    const rows = (normal: () => number, ties: boolean) =>
      Array.from({ length: 4 }, () => sampleOf(5, normal).map((v) => (ties ? Math.round(v) : v)));
    for (const ties of [false, true]) {
      const rejected = simulatedShare(
        400,
        (normal) => pageTrend(rows(normal, ties)).pValue <= 0.05,
      );
      expect(rejected).toBeLessThan(0.05 + shareError(0.05, 400));
    }
  });

  it('goes over to its normal approximation smoothly', () => {
    const noisy = (arms: number) =>
      Array.from({ length: 6 }, (_, seed) =>
        Array.from({ length: arms }, (_, i) => i + 9 * Math.sin(7 * i + seed)),
      );
    const [exact, approximate] = [pageTrend(noisy(10)).pValue, pageTrend(noisy(11)).pValue];
    expect(Math.abs(Math.log(exact / approximate))).toBeLessThan(2);
  });
});
