import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { pairedDifference, studentTest } from './paired.ts';

/** Darwin's fifteen pairs of maize, as in Fisher (1935), The Design of Experiments, §17. */
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe("Darwin's maize", () => {
  it("has Fisher's t test", () => {
    const { estimate, pValue } = pairedDifference(
      darwin,
      darwin.map(() => 0),
    );
    expect(estimate).toBeCloseTo(20.933, 3);
    expect(pValue).toBeCloseTo(0.0497, 4);
  });
});

describe('pairedDifference', () => {
  it('rejects no effect as often as its level says', () => {
    const rejected = simulatedShare(1000, (normal) => {
      const [a, b] = [sampleOf(8, normal), sampleOf(8, normal)];
      return pairedDifference(a, b).pValue <= 0.05;
    });
    expect(Math.abs(rejected - 0.05)).toBeLessThan(shareError(0.05, 1000));
  });

  it('loses what both arms share', () => {
    const [a, b, shared] = [
      [1, 2.5, 3],
      [0.5, 1, 2.25],
      [100, -40, 7],
    ];
    const shift = (arm: readonly number[]) => arm.map((value, i) => value + (shared[i] ?? 0));
    expect(pairedDifference(shift(a), shift(b)).estimate).toBeCloseTo(
      pairedDifference(a, b).estimate,
      12,
    );
  });

  it('says what it cannot pair', () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow('unpaired observations: 2 and 1');
    expect(studentTest([0, 0, 0])).toBe(1);
  });
});
