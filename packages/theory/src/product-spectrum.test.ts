import { inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { accumulateQr, logDiagonalVariance, lyapunovExponents } from './lyapunov.ts';
import { logSingularValues } from './product-spectrum.ts';
import { gaussianMatrices } from './testing/gaussian-matrices.ts';

const gap = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));

describe('logSingularValues', () => {
  it('are those of the product where it can be formed', () => {
    const factors = gaussianMatrices(3, 12, 5);
    const product = factors.reduce((p, a) => new Matrix(a).mmul(p), Matrix.eye(12));
    const { diagonal } = new SingularValueDecomposition(product);
    // The reference loses ε σ_1/σ_n, here 1e-13 or so.
    expect(gap(logSingularValues(factors), diagonal.map(Math.log))).toBeLessThan(1e-9);
  });

  it.each([
    [40, 10],
    [300, 6],
  ])('are those of the inverse product, turned around: depth %i', (depth, n) => {
    const factors = gaussianMatrices(depth, n, 8);
    const inverses = [...factors].reverse().map((a) => inverse(new Matrix(a)).to2DArray());
    const [own, other] = [logSingularValues(factors), logSingularValues(inverses)];
    const turned = [...other].reverse().map((value) => -value);
    // Singular values span 100 to 600 powers of e. Each factor is inverted to ε times its condition, about 1e3.
    expect(gap(own, turned)).toBeLessThan(1e-8);
  });

  it('add up to the logarithm of the determinant', () => {
    const factors = gaussianMatrices(30, 16, 9);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(sum(logSingularValues(factors))).toBeCloseTo(sum(accumulateQr(factors)), 9);
  });

  it('of a rotation times a diagonal are the diagonal', () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
    const factors = [
      [
        [1e-3, 0],
        [0, 1e5],
      ],
      [
        [c, -s],
        [s, c],
      ],
    ];
    const values = logSingularValues(factors);
    expect(gap(values, [Math.log(1e5), Math.log(1e-3)])).toBeLessThan(1e-12);
  });

  it('tend to the Lyapunov exponents with depth', () => {
    const [n, depth] = [6, 600];
    const exponents = lyapunovExponents(n);
    const variances = logDiagonalVariance(n, depth);
    logSingularValues(gaussianMatrices(depth, n, 21)).forEach((value, i) => {
      // Four standard deviations of ln r_ii, and a distance of order one between ln σ_i and ln r_ii.
      const error = 4 * Math.sqrt(variances[i] as number) + 3;
      expect(Math.abs(value - depth * (exponents[i] as number))).toBeLessThan(error);
    });
  });

  it('refuses nothing to multiply', () => {
    expect(() => logSingularValues([])).toThrow('no factors: 0 matrices (one or more)');
  });
});
