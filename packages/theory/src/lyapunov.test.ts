import { determinant, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { accumulateQr, logDiagonalVariance, lyapunovExponents } from './lyapunov.ts';
import { gaussianMatrices } from './testing/gaussian-matrices.ts';

describe('exponents', () => {
  it('fall from the first to the last: r_11² is χ²_n/n, r_nn² is χ²_1/n', () => {
    const exponents = lyapunovExponents(5);
    const euler = 0.5772156649015329;
    expect(exponents).toEqual([...exponents].sort((a, b) => b - a));
    // ψ(1/2) = −γ − 2 ln 2 and ψ(1) = −γ.
    expect(exponents[4]).toBeCloseTo((Math.log(2 / 5) - euler - 2 * Math.LN2) / 2, 13);
    expect(exponents[3]).toBeCloseTo((Math.log(2 / 5) - euler) / 2, 13);
    // As n grows the first tends to 0: a vector's length is kept.
    expect(lyapunovExponents(1000)[0]).toBeCloseTo(-1 / 2000, 6);
    expect(logDiagonalVariance(5, 8)[4]).toBeCloseTo(Math.PI ** 2, 12);
  });

  it('are the means of ln r_ii at every depth, with the variances stated', () => {
    const [n, depth, repeats] = [4, 3, 2000];
    const matrices = gaussianMatrices(depth * repeats, n, 11);
    const samples = Array.from({ length: repeats }, (_, s) =>
      accumulateQr(matrices.slice(s * depth, (s + 1) * depth)),
    );
    const [exponents, variances] = [lyapunovExponents(n), logDiagonalVariance(n, depth)];
    for (let i = 0; i < n; i++) {
      const values = samples.map((sample) => sample[i] as number);
      const mean = values.reduce((a, b) => a + b, 0) / repeats;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / repeats;
      const expected = variances[i] as number;
      // Four standard errors; a log χ² has excess kurtosis of at most 4, a sum of three of them 4/3.
      const error = 4 * Math.sqrt(expected / repeats);
      expect(Math.abs(mean - depth * (exponents[i] as number))).toBeLessThan(error);
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt((2 + 4 / 3) / repeats));
    }
  });
});

describe('accumulateQr', () => {
  it('adds up to the logarithm of the determinant, and begins with the first column', () => {
    const factors = gaussianMatrices(6, 5, 2);
    const sums = accumulateQr(factors);
    const total = factors.reduce((sum, a) => sum + Math.log(Math.abs(determinant(a))), 0);
    expect(sums.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 11);
    // A_1 acts first: r_11 is how the product stretches the first unit vector.
    const product = factors.reduce((p, a) => new Matrix(a).mmul(p), Matrix.eye(5));
    expect(sums[0]).toBeCloseTo(Math.log(product.getColumnVector(0).norm()), 12);
  });

  it('loses nothing at depths where the product itself would', () => {
    const depth = 500;
    const factors = gaussianMatrices(depth, 8, 3);
    const sums = accumulateQr(factors);
    const [exponents, variances] = [lyapunovExponents(8), logDiagonalVariance(8, depth)];
    sums.forEach((sum, i) => {
      // Four standard deviations; the last is e^{−700} times the first.
      const distance = Math.abs(sum - depth * (exponents[i] as number));
      expect(distance).toBeLessThan(4 * Math.sqrt(variances[i] as number));
    });
    expect((sums[0] as number) - (sums[7] as number)).toBeGreaterThan(600);
  });

  it('refuses nothing to multiply', () => {
    expect(() => accumulateQr([])).toThrow('no factors: 0 matrices (one or more)');
    expect(() => lyapunovExponents(1.5)).toThrow('unknown size: 1.5 (a positive integer)');
  });
});
