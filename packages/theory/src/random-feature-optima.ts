import { minimumOn } from './minimum.ts';
import {
  errorsAt,
  type KernelTask,
  learnedModes,
  type RandomFeatureErrors,
  solveKappas,
  total,
} from './random-features.ts';

/** Sizes of a random-feature regression. */
export interface RandomFeatureSizes {
  /** n, positive, not necessarily whole. */
  readonly samples: number;
  /** k, positive, not necessarily whole; `Infinity` is kernel regression. */
  readonly features: number;
}

/** The best ridge and what it gives. */
export interface OptimalRidge extends RandomFeatureErrors {
  readonly ridge: number;
  readonly kappaHat: number;
}

/** How far beyond Σλ/min(n, k) κ̂ is searched, times 1 + σ²/Σv²; the best is of that order where noise drowns the target. */
const BEYOND = 1e4;

/**
 * The ridge δ ≥ 0 of least test error (2311.14646, section 4).
 *
 * Runs over κ̂ instead of δ, where the errors are explicit and δ = (n − z)(k − z) κ̂/k: nothing is solved but the
 * ridgeless end. Throws as `solveKappas` does, and where there is nothing to learn.
 */
export function optimalRidge(
  task: KernelTask,
  { samples: n, features: k }: RandomFeatureSizes,
): OptimalRidge {
  const { eigenvalues, coefficients, labelNoise = 0 } = task;
  const at = (kappaHat: number) => {
    const z = learnedModes(eigenvalues, kappaHat);
    const gaps = { sampleGap: Math.max(0, n - z), featureGap: Math.max(0, k - z) };
    const perFeature = k === Number.POSITIVE_INFINITY ? 1 : gaps.featureGap / k;
    return {
      ...errorsAt(task, { samples: n, features: k }, kappaHat, gaps),
      ridge: gaps.sampleGap * perFeature * kappaHat,
      kappaHat,
    };
  };
  const ridgeless = solveKappas(task, { samples: n, features: k, ridge: 0 }).kappaHat;
  const power = total(Float64Array.from(coefficients, (v) => v * v));
  if (!(power > 0)) throw new Error('unknown coefficients: all 0 (one or more not 0)');
  const least = Math.min(...Array.from(eigenvalues));
  const low = ridgeless > 0 ? ridgeless : 1e-6 * least;
  const high = (BEYOND * (1 + labelNoise ** 2 / power) * total(eigenvalues)) / Math.min(n, k);
  const best = minimumOn((log) => at(Math.exp(log)).test, [Math.log(low), Math.log(high)]);
  const [inside, end] = [at(Math.exp(best.at)), at(ridgeless)];
  return end.test <= inside.test ? { ...end, ridge: 0 } : inside;
}

/** How a budget of samples times features is best divided. */
export interface Allocation extends RandomFeatureSizes, OptimalRidge {}

/**
 * Samples and features of least test error at the optimal ridge for a fixed product n·k, the multiplications of a forward
 * pass over the data; both at least 1, neither rounded. Compare 2311.14646, section 4.
 *
 * Throws on a budget that is not above 1.
 */
export function optimalAllocation(task: KernelTask, budget: number): Allocation {
  if (!(budget > 1 && budget < Number.POSITIVE_INFINITY)) {
    throw new Error(`unknown budget: ${budget} (a number above 1)`);
  }
  const half = Math.log(budget) / 2;
  const sizes = (log: number): RandomFeatureSizes => ({
    samples: Math.exp(half + log),
    features: Math.exp(half - log),
  });
  const { at } = minimumOn((log) => optimalRidge(task, sizes(log)).test, [-half, half], {
    tolerance: 1e-5,
  });
  return { ...sizes(at), ...optimalRidge(task, sizes(at)) };
}

/** Exponents of a power-law task. */
export interface PowerLawTask {
  /** Number of modes; errors are those of this truncated task. */
  readonly modes: number;
  /** α > 1 of λ_i = i^{−α}, the capacity exponent. */
  readonly eigenvalueExponent: number;
  /** β > 1 of v_i² = i^{−β}; the source exponent is (β − 1)/(2α). */
  readonly targetExponent: number;
  /** σ; default 0. */
  readonly labelNoise?: number;
}

/** Power-law eigenvalues and target (2311.14646, section 5). */
export function powerLawTask({
  modes,
  eigenvalueExponent,
  targetExponent,
  labelNoise = 0,
}: PowerLawTask): KernelTask {
  return {
    eigenvalues: Float64Array.from({ length: modes }, (_, i) => (i + 1) ** -eigenvalueExponent),
    coefficients: Float64Array.from({ length: modes }, (_, i) => (i + 1) ** (-targetExponent / 2)),
    labelNoise,
  };
}
