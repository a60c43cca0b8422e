import { describe, expect, it } from 'vitest';
import { checkCurves, meanLogLosses, optimumLine } from './scaling-curves.ts';

describe('curves of several seeds', () => {
  it('are averaged in ln loss', () => {
    const curve = {
      parameters: 1,
      tokens: [1, 2],
      losses: [
        [1, 4],
        [4, 9],
      ],
    };
    // √(1 · 4) and √(4 · 9).
    expect(meanLogLosses(curve).map(Math.exp)).toEqual([
      expect.closeTo(2, 12),
      expect.closeTo(6, 12),
    ]);
  });

  it('are refused where seeds are missing', () => {
    expect(() => checkCurves([{ parameters: 5, tokens: [1, 2], losses: [[1]] }], 1)).toThrow(
      'ragged losses at 5 parameters (2 a seed)',
    );
  });
});

describe('a line of optima', () => {
  it('recovers N = 3 C^0.4', () => {
    const optima = [1e18, 3e19, 1e21].map((compute) => ({
      compute,
      parameters: 3 * compute ** 0.4,
    }));
    const { exponent, intercept } = optimumLine(optima);
    expect(exponent).toBeCloseTo(0.4, 12);
    expect(Math.exp(intercept)).toBeCloseTo(3, 9);
  });

  it('has no exponent from one budget or none', () => {
    expect(optimumLine([]).exponent).toBeNaN();
    expect(optimumLine([{ compute: 1e18, parameters: 1e8 }]).exponent).toBeNaN();
  });
});
