import { Matrix } from 'ml-matrix';
import { type SquareMatrix, triangularFactors } from './lyapunov.ts';

/**
 * Logarithms of all singular values of a product A_L … A_1, `[n]`, the largest first, none lost to round-off however
 * deep the product is. The first matrix of the list acts first.
 *
 * The product is kept as Q D U with D diagonal, in logarithms, and U unit upper triangular; one-sided Jacobi rotations
 * (Hestenes 1958) then make the rows of D U orthogonal, each held as a unit vector and the logarithm of its length.
 * The relative error of each σ_i is about ε times the condition number of U, which stays moderate for products of random
 * matrices (Demmel et al. 1999, "Computing the singular value decomposition with high relative accuracy"): there,
 * 1e-9 and better. Throws without matrices or where the rotations do not settle (a singular product).
 */
export function logSingularValues(factors: Iterable<SquareMatrix>): number[] {
  let logScale: number[] = [];
  let unit: Matrix | undefined;
  for (const r of triangularFactors(factors)) {
    const logs = r.diagonal().map(Math.log);
    const n = logs.length;
    const previous = unit === undefined ? Array<number>(n).fill(0) : logScale;
    // R D U = (diag R · D)(D^{−1} (diag R)^{−1} R D) U.
    const shaped = Matrix.zeros(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) {
        const ratio = Math.exp((previous[j] as number) - (previous[i] as number));
        shaped.set(i, j, (r.get(i, j) / r.get(i, i)) * ratio);
      }
    }
    unit = unit === undefined ? shaped : shaped.mmul(unit);
    logScale = previous.map((sum, i) => sum + (logs[i] as number));
  }
  if (unit === undefined) throw new Error('no factors: 0 matrices (one or more)');
  const rows = unit.to2DArray().map((row, i) => normalised(row, logScale[i] as number));
  rows.sort((a, b) => b.log - a.log);
  for (let sweep = 0; sweep < 60; sweep++) {
    if (orthogonalise(rows)) return rows.map(({ log }) => log).sort((a, b) => b - a);
  }
  throw new Error('no singular values: rotations did not settle (a product that is not singular)');
}

/** A vector e^log · direction, the direction of length 1. */
interface ScaledRow {
  direction: Float64Array;
  log: number;
}

function normalised(row: ArrayLike<number>, log: number): ScaledRow {
  const scaled = { direction: Float64Array.from(row), log };
  normalise(scaled);
  return scaled;
}

function normalise(row: ScaledRow): void {
  let squares = 0;
  for (const x of row.direction) squares += x * x;
  const norm = Math.sqrt(squares);
  for (let k = 0; k < row.direction.length; k++)
    row.direction[k] = (row.direction[k] as number) / norm;
  row.log += Math.log(norm);
}

/** One sweep of rotations over all pairs of rows. True where nothing was left to rotate. */
function orthogonalise(rows: readonly ScaledRow[]): boolean {
  let settled = true;
  for (const [i, row] of rows.entries()) {
    for (const other of rows.slice(i + 1)) {
      const [large, small] = row.log >= other.log ? [row, other] : [other, row];
      let cosine = 0;
      for (let k = 0; k < large.direction.length; k++) {
        cosine += (large.direction[k] as number) * (small.direction[k] as number);
      }
      if (!(Math.abs(cosine) < 1e-14)) {
        settled = false;
        rotate(large, small, cosine);
      }
    }
  }
  return settled;
}

/**
 * Rotates e^{l_p} p and e^{l_q} q, l_q ≤ l_p, to orthogonality. With the ratio of lengths ρ ≤ 1 and g = p·q the tangent
 * is ρτ, where gρ²τ² + (1 − ρ²)τ − g = 0; ρ may be 0 in float64, and the smaller row is then merely projected.
 */
function rotate(large: ScaledRow, small: ScaledRow, cosine: number): void {
  const ratio = Math.exp(small.log - large.log);
  const gap = (1 - ratio) * (1 + ratio);
  const tau = (2 * cosine) / (gap + Math.hypot(gap, 2 * cosine * ratio));
  const c = 1 / Math.hypot(1, ratio * tau);
  for (let k = 0; k < large.direction.length; k++) {
    const [p, q] = [large.direction[k] as number, small.direction[k] as number];
    large.direction[k] = c * (p + tau * ratio * ratio * q);
    small.direction[k] = c * (q - tau * p);
  }
  normalise(large);
  normalise(small);
}
