import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { holm } from './holm.ts';
import { studentTest } from './paired.ts';

describe('holm', () => {
  it('gives the adjusted values worked by hand', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });

  it('lies between no correction and that of Bonferroni', () => {
    const p = [0.2, 0.001, 0.04, 0.04];
    holm(p).forEach((adjusted, i) => {
      expect(adjusted).toBeGreaterThanOrEqual(p[i] ?? 0);
      expect(adjusted).toBeLessThanOrEqual(Math.min(1, 4 * (p[i] ?? 0)));
    });
    expect(holm([])).toEqual([]);
  });

  it('rejects any of six true hypotheses as seldom as its level says', () => {
    const rejected = simulatedShare(600, (normal) => {
      const p = Array.from({ length: 6 }, () => studentTest(sampleOf(5, normal)));
      return Math.min(...holm(p)) <= 0.05;
    });
    expect(rejected).toBeLessThan(0.05 + shareError(0.05, 600));
  });
});
