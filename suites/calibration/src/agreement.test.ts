import type { Bounds } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import { agreement } from './agreement.ts';

function verdictOf(interval: Bounds) {
  const estimate = (interval[0] + interval[1]) / 2;
  const measured = { estimate, interval, level: 0.95 };
  const given = { name: 'slope', predicted: 1, tolerance: 0.1, test: 'made up' };
  return agreement({ ...given, measured }).verdict;
}

describe('agreement', () => {
  it('holds only where the whole interval is within the tolerance', () => {
    expect(verdictOf([0.95, 1.08])).toBe('supported');
    expect(verdictOf([0.85, 1.02])).toBe('inconclusive');
  });
  it('does not hold because nothing is known', () => {
    expect(verdictOf([-50, 52])).toBe('inconclusive');
  });
  it('fails only where the whole interval is beyond the tolerance, even if it misses the prediction', () => {
    expect(verdictOf([1.02, 1.09])).toBe('supported');
    expect(verdictOf([1.12, 1.3])).toBe('refuted');
    expect(verdictOf([0.2, 0.89])).toBe('refuted');
  });
});
