import { describe, expect, it } from 'vitest';
import { studentTwoSided } from '../statistics/distributions.ts';
import { driftClaim } from './drift-claim.ts';

const claimOf = (drifts: readonly number[]) =>
  driftClaim('it transfers', drifts, { size: 'width' });

describe('a claim on transfer', () => {
  it('has the p of what it says: that a drift within the margin is none beyond it', () => {
    const { verdict, pValue } = claimOf([0.02, -0.03, 0.01, 0.04]);
    expect(verdict).toBe('supported');
    // Mean 0.01, standard error 0.0147, 3 degrees of freedom, a distance of 0.24 from the bound.
    expect(pValue).toBeCloseTo(studentTwoSided((0.25 - 0.01) / 0.0147196, 3), 5);
    expect(pValue).toBeLessThan(0.05);
  });

  it('has the p of what it says: that a drift beyond the margin is none within it', () => {
    const { verdict, pValue } = claimOf([-0.5, -0.45, -0.55]);
    expect(verdict).toBe('refuted');
    expect(pValue).toBeLessThan(0.05);
  });

  it('has a p below 0.05 exactly where it is decided', () => {
    // The interval ends a little beyond the margin.
    const { verdict, interval, pValue } = claimOf([0.046, 0.216, -0.084, 0.216, 0.076]);
    expect(interval?.[1]).toBeGreaterThan(0.25);
    expect(interval?.[1]).toBeLessThan(0.255);
    expect(verdict).toBe('inconclusive');
    expect(pValue).toBeGreaterThan(0.05);
    expect(pValue).toBeLessThan(0.06);
  });

  it('is undecided across the bound, where its p is large, and of one task', () => {
    const { verdict, pValue } = claimOf([0.2, 0.3, 0.25]);
    expect(verdict).toBe('inconclusive');
    expect(pValue).toBeGreaterThan(0.05);
    expect(claimOf([0.1])).toMatchObject({ verdict: 'inconclusive', effect: null, pValue: null });
  });
});
