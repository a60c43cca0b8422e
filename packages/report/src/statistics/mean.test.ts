import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { meanInterval } from './mean.ts';

describe('meanInterval', () => {
  it('covers exactly as often as it says, however few seeds', () => {
    for (const count of [2, 3, 5]) {
      const covered = simulatedShare(2000, (normal) => {
        const [low, high] = meanInterval(sampleOf(count, normal)).interval;
        return low <= 0 && 0 <= high;
      });
      expect(Math.abs(covered - 0.95)).toBeLessThan(shareError(0.95, 2000));
    }
  });

  it('needs two observations', () => {
    expect(() => meanInterval([1])).toThrow('too few observations: 1 (2 or more)');
  });
});
