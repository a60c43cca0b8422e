import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** A robust nonlinear least-squares problem. */
export interface HuberProblem {
  /** Residual of every point at some parameters, written to `[point]`, and its gradient, to `[point, parameter]` in one row after another. */
  readonly evaluate: (
    parameters: readonly number[],
    residuals: Float64Array,
    jacobian: Float64Array,
  ) => void;
  readonly points: number;
  /** Residuals beyond it count linearly. */
  readonly delta: number;
}

/** Where a fit ended. */
export interface HuberFit {
  readonly parameters: readonly number[];
  /** Σ h(r), h(r) = r²/2 up to delta and delta (|r| − delta/2) beyond. */
  readonly objective: number;
}

/**
 * Minimises Σ h(r) from a start: damped Gauss–Newton steps with residuals beyond delta weighted by delta/|r|
 * (iteratively reweighted least squares, whose quadratic lies above Huber's function and touches it).
 */
export function huberFit(
  { evaluate, points, delta }: HuberProblem,
  start: readonly number[],
  {
    maxIterations = 200,
    tolerance = 1e-9,
  }: { readonly maxIterations?: number; readonly tolerance?: number } = {},
): HuberFit {
  const size = start.length;
  const residuals = new Float64Array(points);
  const jacobian = new Float64Array(points * size);
  const objectiveAt = (parameters: readonly number[]): number => {
    evaluate(parameters, residuals, jacobian);
    let sum = 0;
    for (const r of residuals) {
      const size = Math.abs(r);
      sum += size <= delta ? (r * r) / 2 : delta * (size - delta / 2);
    }
    return sum;
  };
  let parameters = [...start];
  let objective = objectiveAt(parameters);
  let damping = 1e-3;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const { normal, gradient } = normalEquations(residuals, jacobian, size, delta);
    let gained = Number.NaN;
    while (damping < 1e12) {
      const damped = normal.clone();
      for (let i = 0; i < size; i++) damped.set(i, i, normal.get(i, i) * (1 + damping) + 1e-300);
      const decomposition = new CholeskyDecomposition(damped);
      if (decomposition.isPositiveDefinite()) {
        const step = decomposition.solve(gradient);
        const next = parameters.map((value, i) => value - step.get(i, 0));
        const value = objectiveAt(next);
        if (value <= objective) {
          gained = objective - value;
          [parameters, objective] = [next, value];
          damping /= 5;
          break;
        }
      }
      damping *= 4;
    }
    if (!(gained > tolerance * objective)) break;
  }
  return { parameters, objective };
}

/** JᵀWJ and JᵀWr. */
function normalEquations(
  residuals: Float64Array,
  jacobian: Float64Array,
  size: number,
  delta: number,
): { readonly normal: Matrix; readonly gradient: Matrix } {
  const normal = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  residuals.forEach((r, point) => {
    const weight = Math.min(1, delta / Math.abs(r));
    for (let i = 0; i < size; i++) {
      const weighted = weight * (jacobian[point * size + i] as number);
      gradient[i] = (gradient[i] as number) + weighted * r;
      for (let j = 0; j <= i; j++) {
        // Both halves get the same sum: the decomposition asks for exact symmetry.
        normal[i * size + j] =
          (normal[i * size + j] as number) + weighted * (jacobian[point * size + j] as number);
        normal[j * size + i] = normal[i * size + j] as number;
      }
    }
  });
  return {
    normal: Matrix.from1DArray(size, size, normal),
    gradient: Matrix.columnVector(gradient),
  };
}
