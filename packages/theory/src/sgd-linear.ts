import { findRoot } from './roots.ts';

/**
 * Linear regression on Gaussian inputs, in the eigenbasis of their covariance: y = ⟨w*, x⟩ + σ ξ with
 * x ~ N(0, diag(eigenvalues)) and ξ ~ N(0, 1), trained on ½ (⟨w, x⟩ − y)² with fresh examples at each step.
 */
export interface LinearRegression {
  /** Eigenvalues λ of the inputs' covariance, `[mode]`, not negative. */
  readonly eigenvalues: readonly number[];
  /** Standard deviation σ of the label noise; default 0. */
  readonly labelNoise?: number;
}

/** How SGD steps: w ← w − η · mean over the batch of the gradient. */
export interface SgdStep {
  /** Learning rate η, for the loss ½ (⟨w, x⟩ − y)². */
  readonly learningRate: number;
  /** Examples a batch, B; `Infinity` is descent on the population's loss. */
  readonly batchSize: number;
}

/** Expected excess loss ½ Σ λ_k c_k of squared errors c_k = E (w − w*)_k², `[mode]`; the total adds σ²/2. */
export function excessLoss(
  { eigenvalues }: LinearRegression,
  squaredErrors: readonly number[] | Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < eigenvalues.length; k++) {
    sum += (eigenvalues[k] as number) * (squaredErrors[k] as number);
  }
  return sum / 2;
}

/**
 * Expected squared errors after one more step, `[mode]` to `[mode]`, written into `squaredErrors`.
 *
 * c_k ← [(1 − ηλ_k)² + η²λ_k²/B] c_k + (η²/B) λ_k (Σ_j λ_j c_j + σ²), exact for Gaussian inputs: Wick's
 * theorem gives E x xᵀ C x xᵀ = 2 ΛCΛ + Λ tr(ΛC), whose diagonal needs the diagonal of C alone, so any start
 * is allowed, and errors may be correlated across modes (2102.04396; 2106.02713).
 */
export function stepSquaredErrors(
  { eigenvalues, labelNoise = 0 }: LinearRegression,
  { learningRate, batchSize }: SgdStep,
  squaredErrors: Float64Array,
): void {
  let residual = labelNoise ** 2;
  for (let k = 0; k < eigenvalues.length; k++) {
    residual += (eigenvalues[k] as number) * (squaredErrors[k] as number);
  }
  const noise = learningRate ** 2 / batchSize;
  for (let k = 0; k < eigenvalues.length; k++) {
    const eigenvalue = eigenvalues[k] as number;
    const kept = (1 - learningRate * eigenvalue) ** 2 + noise * eigenvalue ** 2;
    squaredErrors[k] = kept * (squaredErrors[k] as number) + noise * eigenvalue * residual;
  }
}

/** Where a run of SGD starts and how long it goes on. */
export interface SgdRun extends SgdStep {
  /** (w − w*)_k² at the start, `[mode]`, or its mean over starts. */
  readonly initialSquaredErrors: readonly number[];
  readonly steps: number;
}

/** Expected excess loss before every step and after the last, `[steps + 1]`; see `stepSquaredErrors`. */
export function expectedLossCurve(
  problem: LinearRegression,
  { initialSquaredErrors, steps, ...step }: SgdRun,
): Float64Array {
  const modes = problem.eigenvalues.length;
  if (initialSquaredErrors.length !== modes) {
    throw new Error(
      `unknown errors: ${initialSquaredErrors.length} modes (${modes}, one an eigenvalue)`,
    );
  }
  const errors = Float64Array.from(initialSquaredErrors);
  const curve = new Float64Array(steps + 1);
  for (let t = 0; t <= steps; t++) {
    curve[t] = excessLoss(problem, errors);
    if (t < steps) stepSquaredErrors(problem, step, errors);
  }
  return curve;
}

/** (η/B) Σ λ/(2 − ηλ(1 + 1/B)): how much of the residual's variance a long run hands back as noise. */
function feedback({ eigenvalues }: LinearRegression, { learningRate, batchSize }: SgdStep): number {
  return eigenvalues.reduce(
    (sum, eigenvalue) =>
      sum +
      (learningRate * eigenvalue) /
        (batchSize * (2 - learningRate * eigenvalue * (1 + 1 / batchSize))),
    0,
  );
}

/**
 * The learning rate above which the expected loss grows without bound, for the loss ½ (⟨w, x⟩ − y)².
 *
 * The recursion is a non-negative diagonal plus rank one, so its spectral radius is below 1 exactly while
 * ηλ_max(1 + 1/B) < 2 and (η/B) Σ λ/(2 − ηλ(1 + 1/B)) < 1. Full batch: 2/λ_max. One eigenvalue λ in d modes:
 * 2B/(λ(B + d + 1)). Throws where no eigenvalue is positive.
 */
export function largestStableRate(problem: LinearRegression, batchSize: number): number {
  const largest = Math.max(...problem.eigenvalues);
  if (!(largest > 0))
    throw new Error(`unknown eigenvalues: largest ${largest} (a positive number)`);
  const pole = 2 / (largest * (1 + 1 / batchSize));
  if (batchSize === Number.POSITIVE_INFINITY) return pole;
  const excess = (share: number): number => {
    const value = feedback(problem, { learningRate: share * pole, batchSize });
    // Beyond 1 take its inverse, which is monotone too and has no pole where the largest mode does.
    return value < 1 ? value - 1 : 1 - 1 / value;
  };
  return pole * findRoot((share) => (share === 1 ? 1 : excess(share)), { low: 0, high: 1 });
}

/**
 * Excess loss at which a long run with a constant rate stays: ½ σ² φ/(1 − φ), φ = (η/B) Σ λ/(2 − ηλ(1 + 1/B)).
 *
 * `Infinity` at and above the largest stable rate.
 */
export function stationaryLoss(problem: LinearRegression, step: SgdStep): number {
  if (step.learningRate >= largestStableRate(problem, step.batchSize))
    return Number.POSITIVE_INFINITY;
  const share = feedback(problem, step);
  return ((problem.labelNoise ?? 0) ** 2 * share) / (1 - share) / 2;
}
