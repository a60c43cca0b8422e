import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The largest rate at which gradient descent on the mean squared error of all examples is stable while the tangent
 * kernel stays where it is: the error obeys e ← (1 − 2ηΘ/N) e, so η = N/λ_max(Θ).
 *
 * `kernel` is Θ `[example][example]`, symmetric. Throws where no eigenvalue is positive.
 */
export function kernelStableRate(kernel: readonly (readonly number[])[]): number {
  const matrix = new Matrix(kernel.map((row) => [...row]));
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  if (!(largest > 0)) throw new Error(`unknown kernel: largest eigenvalue ${largest} (positive)`);
  return kernel.length / largest;
}
