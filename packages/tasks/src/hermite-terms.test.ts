import { describe, expect, it } from 'vitest';
import { checkTerms, hermite, leapOf, staircase } from './hermite-terms.ts';

describe('hermite', () => {
  it('is orthonormal under the Gaussian law', () => {
    // The trapezoidal rule on [−14, 14] converges geometrically for these: error below 1e-10.
    const inner = (m: number, n: number): number => {
      let sum = 0;
      for (let z = -14; z <= 14; z += 0.05) {
        sum += hermite(m, z) * hermite(n, z) * Math.exp(-0.5 * z * z);
      }
      return (0.05 * sum) / Math.sqrt(2 * Math.PI);
    };
    for (let m = 0; m <= 8; m++) {
      for (let n = 0; n <= m; n++) expect(inner(m, n)).toBeCloseTo(m === n ? 1 : 0, 8);
    }
  });

  it('is what the first few are written out', () => {
    for (const z of [-2, 0.3, 1.7]) {
      expect(hermite(0, z)).toBe(1);
      expect(hermite(1, z)).toBe(z);
      expect(hermite(2, z)).toBeCloseTo((z * z - 1) / Math.SQRT2, 12);
      expect(hermite(3, z)).toBeCloseTo((z ** 3 - 3 * z) / Math.sqrt(6), 12);
    }
  });
});

describe('leap', () => {
  it.each([1, 2, 3])('of a staircase is the leap asked for: %i', (leap) => {
    expect(leapOf(staircase({ leap, steps: 3 }))).toBe(leap);
    expect(staircase({ leap, steps: 2 })).toEqual([Array(leap).fill(1), Array(2 * leap).fill(1)]);
  });

  it('is that of the examples of 2302.11055', () => {
    // Leap(He_k(z_1)) = k; Leap(z_1 z_2 … z_k) = k; Leap(z_1 + z_1 z_2 + z_1 z_2 z_3) = 1;
    // Leap(z_1 + z_2 + z_1 z_2 z_3 z_4) = 2.
    expect(leapOf([[3]])).toBe(3);
    expect(leapOf([[1, 1, 1, 1]])).toBe(4);
    expect(leapOf([[1, 1, 1], [1], [1, 1]])).toBe(1);
    expect(leapOf([[1], [0, 1], [1, 1, 1, 1]])).toBe(2);
  });
});

describe('bad terms', () => {
  it.each([[[]], [[[0, 0]]], [[[1], [1, 0]]], [[[-1]]], [[[1.5]]], ['x'], [[['<b>']]], [[[9]]]])(
    'refuses %j',
    (terms) => {
      expect(() => checkTerms('terms', terms)).toThrow(/^unknown terms: /);
    },
  );
});
