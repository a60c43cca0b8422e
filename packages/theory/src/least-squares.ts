import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { QuadraticStart } from './gradient-flow.ts';

/** A mean squared error as a quadratic, and the least it can be. */
export interface LeastSquares extends QuadraticStart {
  /** The loss that no weights get below. */
  readonly floor: number;
}

/**
 * The mean squared error ‖Φw − r‖²/m of a model linear in its weights, from the weights at which its residuals are r:
 * eigenvalues and errors of `QuadraticStart` along the eigenvectors of Φᵀ · 2/m Φ, and the floor to be added.
 *
 * `features` is Φ `[m][weights]`, `residuals` `[m]`. Modes with eigenvalues below round-off are left to the floor.
 */
export function leastSquares(
  features: readonly ArrayLike<number>[],
  residuals: readonly number[],
): LeastSquares {
  const m = features.length;
  if (residuals.length !== m || m === 0) {
    throw new Error(`unequal lengths: ${m} rows and ${residuals.length} residuals (equally many)`);
  }
  const phi = new Matrix(features.map((row) => Array.from(row)));
  const hessian = phi
    .transpose()
    .mmul(phi)
    .mul(2 / m);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(hessian, {
    assumeSymmetric: true,
  });
  const pull = phi
    .transpose()
    .mmul(Matrix.columnVector([...residuals]))
    .mul(2 / m);
  const along = eigenvectorMatrix.transpose().mmul(pull).to1DArray();
  const least = 1e-10 * Math.max(...realEigenvalues);
  const kept = realEigenvalues.flatMap((value, k) => (value > least ? [k] : []));
  const eigenvalues = kept.map((k) => realEigenvalues[k] as number);
  const initialErrors = kept.map((k, i) => (along[k] as number) / (eigenvalues[i] as number));
  const loss = residuals.reduce((sum, each) => sum + each * each, 0) / m;
  const reachable = eigenvalues.reduce(
    (sum, value, i) => sum + (value * (initialErrors[i] as number) ** 2) / 2,
    0,
  );
  return { eigenvalues, initialErrors, floor: loss - reachable };
}
