import { type KernelTask, stepSquaredErrors } from '@hyperlaw/theory';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Features as they were drawn, and how they are trained. */
export interface OnePassProblem {
  readonly task: KernelTask;
  /** √λ_i w_ij, `[modes, k]`. */
  readonly weights: ArrayLike<number>;
  readonly k: number;
  /** Learning rates for the loss ½ (f − y)². */
  readonly steps: readonly number[];
  readonly batch: number;
  /** Rising numbers of samples. */
  readonly samples: readonly number[];
}

/**
 * Expected test errors `[samples][rate]` of one-pass SGD on given features, exact for Gaussian inputs.
 *
 * In the eigenbasis of the features' covariance H = WᵀW, W `[modes, k]` with √λ in it, SGD obeys the recursion of
 * `stepSquaredErrors`. What no weights reach, min ‖Wa − v‖², is independent of the features, since all is Gaussian: it
 * acts as label noise and stays as a floor. Null where the error is not finite.
 */
export function expectedErrors(problem: OnePassProblem): (number | null)[][] {
  const { task, weights, k, steps, batch, samples } = problem;
  const modes = task.coefficients.length;
  const w = Matrix.from1DArray(modes, k, Array.from(weights));
  const v = Matrix.columnVector(Array.from(task.coefficients));
  const transposed = w.transpose();
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(transposed.mmul(w), {
    assumeSymmetric: true,
  });
  const pull = eigenvectorMatrix.transpose().mmul(transposed.mmul(v)).to1DArray();
  // Below round-off there is nothing to learn and nothing to divide by.
  const least = 1e-12 * Math.max(...realEigenvalues);
  const kept = realEigenvalues.flatMap((value, i) => (value > least ? [i] : []));
  const eigenvalues = kept.map((i) => realEigenvalues[i] as number);
  const start = kept.map((i) => ((pull[i] as number) / (realEigenvalues[i] as number)) ** 2);
  const total = v.to1DArray().reduce((sum, each) => sum + each * each, 0);
  const floor = Math.max(
    0,
    total - eigenvalues.reduce((sum, value, i) => sum + value * (start[i] as number), 0),
  );
  const regression = { eigenvalues, labelNoise: Math.sqrt(floor) };
  const byRate = steps.map((learningRate) => {
    const errors = Float64Array.from(start);
    let done = 0;
    return samples.map((n) => {
      for (; done < n / batch; done++) {
        stepSquaredErrors(regression, { learningRate, batchSize: batch }, errors);
      }
      const excess = eigenvalues.reduce((sum, value, i) => sum + value * (errors[i] as number), 0);
      return Number.isFinite(excess) ? Number((excess + floor).toPrecision(7)) : null;
    });
  });
  return samples.map((_, s) => byRate.map((ofRate) => ofRate[s] as number | null));
}
