import { describe, expect, it } from 'vitest';
import { mixtureEntropy } from './mixture-entropy.ts';

describe('mixtureEntropy', () => {
  it('is ln C where the classes coincide, and vanishes where they are far apart', () => {
    for (const classes of [2, 5, 100]) {
      expect(mixtureEntropy(classes, 0)).toBe(Math.log(classes));
      expect(mixtureEntropy(classes, 1e-4)).toBeCloseTo(Math.log(classes), 7);
      expect(mixtureEntropy(classes, 18)).toBeLessThan(1e-12);
    }
  });

  it('of two classes is the logistic loss of a Gaussian margin', () => {
    // The log-odds of the right class are N(s²/2, s²) for separation s: E ln(1 + e^−m), by the
    // trapezoidal rule, which converges geometrically here.
    for (const s of [0.5, 1, 2, 4, 8]) {
      let sum = 0;
      for (let z = -10; z <= 10; z += 0.01) {
        const margin = (s * s) / 2 + s * z;
        const loss =
          margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        sum += loss * Math.exp(-0.5 * z * z);
      }
      expect(mixtureEntropy(2, s)).toBeCloseTo((0.01 * sum) / Math.sqrt(2 * Math.PI), 10);
    }
  });

  it('falls with separation and rises with the number of classes', () => {
    for (let s = 0.5; s < 8; s += 0.5) {
      expect(mixtureEntropy(4, s + 0.5)).toBeLessThan(mixtureEntropy(4, s));
      expect(mixtureEntropy(5, s)).toBeGreaterThan(mixtureEntropy(4, s));
    }
  });
});
