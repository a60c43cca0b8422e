import { Matrix, QrDecomposition } from 'ml-matrix';
import { digamma, trigamma } from './special-functions.ts';

/** A square matrix, row by row: `[n][n]`. */
export type SquareMatrix = readonly ArrayLike<number>[];

/**
 * Lyapunov exponents of products of Gaussian n × n matrices of entry variance 1/n, `[n]`, the largest first:
 * λ_i = ½ [ln(2/n) + ψ((n − i + 1)/2)], i = 1 … n (Newman 1986, "The distribution of Lyapunov exponents: exact results
 * for random matrices").
 *
 * They are the exact means of `ln r_ii` per factor at every depth: r_11² is χ²_n/n, r_nn² is χ²_1/n. ln σ_i/L of the
 * product itself only tends to λ_i as L grows at fixed n.
 */
export function lyapunovExponents(n: number): number[] {
  return degrees(n).map((k) => (Math.log(2 / n) + digamma(k / 2)) / 2);
}

/** The variance of Σ_l ln r_ii over `depth` factors, exactly: (L/4) ψ₁((n − i + 1)/2), `[n]`; different i are independent. */
export function logDiagonalVariance(n: number, depth: number): number[] {
  return degrees(n).map((k) => (depth / 4) * trigamma(k / 2));
}

/** Degrees of freedom of r_ii²: n, n − 1, … 1. */
function degrees(n: number): number[] {
  if (!(Number.isInteger(n) && n > 0)) throw new Error(`unknown size: ${n} (a positive integer)`);
  return Array.from({ length: n }, (_, i) => n - i);
}

/**
 * The triangular factors of a product A_L … A_1 = Q_L R_L … R_1, one by one, the diagonals positive:
 * A_l Q_{l−1} = Q_l R_l with Q_0 = 1. The first matrix of the list is A_1, which acts first.
 */
export function* triangularFactors(factors: Iterable<SquareMatrix>): Generator<Matrix> {
  let frame: Matrix | undefined;
  for (const factor of factors) {
    const a = new Matrix(factor as number[][]);
    const decomposition = new QrDecomposition(frame === undefined ? a : a.mmul(frame));
    frame = decomposition.orthogonalMatrix;
    const r = decomposition.upperTriangularMatrix;
    for (let i = 0; i < r.rows; i++) {
      if (r.get(i, i) >= 0) continue;
      r.mulRow(i, -1);
      frame.mulColumn(i, -1);
    }
    yield r;
  }
}

/**
 * Measures Σ_l ln r_ii of a product A_L … A_1, `[n]`, along an orthonormal frame that is carried through it: stable at
 * every depth, where the product itself would lose its small singular values.
 *
 * The first matrix of the list acts first. Throws without matrices; a singular one gives −Infinity.
 */
export function accumulateQr(factors: Iterable<SquareMatrix>): number[] {
  let sums: number[] | undefined;
  for (const r of triangularFactors(factors)) {
    const logs = r.diagonal().map(Math.log);
    sums = sums === undefined ? logs : sums.map((sum, i) => sum + (logs[i] as number));
  }
  if (sums === undefined) throw new Error('no factors: 0 matrices (one or more)');
  return sums;
}
