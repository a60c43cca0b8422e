import { describe, expect, it } from 'vitest';
import { fussCatalanSpectrum } from './fuss-catalan.ts';
import { logSingularValues } from './product-spectrum.ts';
import { gaussianMatrices } from './testing/gaussian-matrices.ts';

describe('the Fuss–Catalan law', () => {
  it.each([1, 2, 4])('has mean square 1 and mean fourth power L + 1: L = %i', (depth) => {
    const spectrum = fussCatalanSpectrum(depth, 2000);
    const moment = (k: number): number =>
      spectrum.reduce((sum, log) => sum + Math.exp(k * log), 0) / spectrum.length;
    // The midpoint rule on quantiles errs by about the last quantile's share of the moment, 1/2000 of it.
    expect(moment(2)).toBeCloseTo(1, 3);
    expect(moment(4) / (depth + 1)).toBeCloseTo(1, 3);
    expect(moment(6) / (((3 * depth + 3) * (3 * depth + 2)) / 6)).toBeCloseTo(1, 2);
  });

  it('is the quarter circle for one matrix', () => {
    // P(σ < s) = (s √(4 − s²) + 4 arcsin(s/2))/(2π).
    fussCatalanSpectrum(1, 50).forEach((log, i) => {
      const s = Math.exp(log);
      const below = (s * Math.sqrt(4 - s * s) + 4 * Math.asin(s / 2)) / (2 * Math.PI);
      expect(1 - below).toBeCloseTo((i + 0.5) / 50, 10);
    });
  });

  it.each([1, 3])('is where wide products have their singular values: L = %i', (depth) => {
    const n = 64;
    const measured = logSingularValues(gaussianMatrices(depth, n, 4));
    const predicted = fussCatalanSpectrum(depth, n);
    const distances = measured.map((value, i) => Math.abs(value - (predicted[i] as number)));
    // Singular values are rigid: a place is off by about one spacing, the lowest tenth (relatively) by more.
    expect(Math.max(...distances.slice(0, 54))).toBeLessThan(0.25);
  });

  it('refuses depths it cannot integrate', () => {
    expect(() => fussCatalanSpectrum(0, 4)).toThrow('unknown depth: 0');
    expect(() => fussCatalanSpectrum(101, 4)).toThrow('(an integer from 1 to 100)');
  });
});
