import { describe, expect, it } from 'vitest';
import { type RampPoint, smoothed, suggestionOf } from './range-test.ts';

/** A ramp over 10^{−6} … 10 with a loss in x, the decimal logarithm of the rate. */
function ramp(lossOf: (x: number) => number | null): readonly RampPoint[] {
  return Array.from({ length: 7001 }, (_, i) => {
    const x = -6 + i / 1000;
    return { rate: 10 ** x, loss: lossOf(x) };
  });
}

describe('a range test', () => {
  it('suggests the steepest descent, and a tenth of the minimum', () => {
    // Falls fastest at x = −3, lowest at x = −1.
    const found = suggestionOf(
      ramp((x) => 2 - Math.tanh(3 * (x + 3)) + 0.05 * Math.abs(x + 1) + (x > -1 ? x + 1 : 0)),
    );
    // The mean lags by 50 of its 1000 steps a decade.
    expect(Math.abs(Math.log10(found?.steepest ?? 0) + 3)).toBeLessThan(0.1);
    expect(Math.abs(Math.log10(found?.tenth ?? 0) + 2)).toBeLessThan(0.1);
  });

  it('ends where the loss explodes or is no number', () => {
    const wild = (x: number) => (x < 0 ? 2 - Math.tanh(x + 2) : null);
    expect(suggestionOf(ramp(wild))).toEqual(suggestionOf(ramp((x) => wild(x) ?? 1e9)));
  });

  it('smooths constants to themselves', () => {
    expect(smoothed(ramp(() => 3)).at(-1)?.loss).toBeCloseTo(3, 12);
    expect(suggestionOf([])).toBeNull();
  });
});
