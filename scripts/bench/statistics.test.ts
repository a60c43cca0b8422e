import { describe, expect, it } from 'vitest';
import { largestDifference, median } from './statistics.ts';

describe('median', () => {
  it('stands in the middle, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('unknown median: of 0 numbers (at least one)');
  });
});

describe('largestDifference', () => {
  it('is relative, over what both have', () => {
    expect(largestDifference([2, 11], [2, 10, 5])).toBeCloseTo(0.1, 12);
  });

  it('of a curve that is not a number is not a number', () => {
    expect(largestDifference([Number.NaN], [1])).toBeNaN();
  });
});
