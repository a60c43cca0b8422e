import { findRoot } from './roots.ts';

/**
 * A task in the eigenbasis of its kernel (2311.14646, section 3): inputs have independent unit eigenfunctions φ_i,
 * a target Σ v_i φ_i and label noise σ, and random features are Σ √λ_i w_i φ_i with unit Gaussian w_i.
 */
export interface KernelTask {
  /** Eigenvalues λ, `[mode]`, positive, in any order. */
  readonly eigenvalues: ArrayLike<number>;
  /** Target coefficients v, `[mode]`. */
  readonly coefficients: ArrayLike<number>;
  /** Standard deviation σ of the label noise; default 0. */
  readonly labelNoise?: number;
}

/** A random-feature ridge regression: K̂ = (1/k) Σ g gᵀ over k features, fitted by (K̂ + δI)^{−1} y on n samples. */
export interface RandomFeatureFit {
  /** n, positive. */
  readonly samples: number;
  /** k, positive; `Infinity` is kernel regression. */
  readonly features: number;
  /** δ ≥ 0, normalised by neither n nor k. */
  readonly ridge: number;
}

/** Solution of the two equations of the eigenframework. */
export interface Kappas {
  /** κ: the effective ridge of the samples, δ/κ = n − Σ λ/(λ + κ̂). */
  readonly kappa: number;
  /** κ̂: eigenvalues above it are learned. */
  readonly kappaHat: number;
}

/** What is not yet learned: n − z and k − z. */
interface Gaps {
  readonly sampleGap: number;
  readonly featureGap: number;
}

/** Sums over the modes at κ̂, in differences that lose no digits. */
interface Sums {
  /** z − q = Σ L(1 − L), L = λ/(λ + κ̂). */
  readonly boundary: number;
  /** Σ v²(1 − L)² and Σ v²(1 − L). */
  readonly missedTwice: number;
  readonly missed: number;
}

/** Sum of the entries. */
export function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}

/** z = Σ λ/(λ + κ̂). */
export function learnedModes(eigenvalues: ArrayLike<number>, kappaHat: number): number {
  let sum = 0;
  for (let i = 0; i < eigenvalues.length; i++) {
    const eigenvalue = eigenvalues[i] as number;
    sum += eigenvalue / (eigenvalue + kappaHat);
  }
  return sum;
}

function sumsAt({ eigenvalues, coefficients }: KernelTask, kappaHat: number): Sums {
  let [boundary, missedTwice, missed] = [0, 0, 0];
  for (let i = 0; i < eigenvalues.length; i++) {
    const eigenvalue = eigenvalues[i] as number;
    const left = kappaHat / (eigenvalue + kappaHat);
    const share = eigenvalue / (eigenvalue + kappaHat);
    const power = (coefficients[i] as number) ** 2;
    boundary += share * left;
    missed += power * left;
    missedTwice += power * left * left;
  }
  return { boundary, missedTwice, missed };
}

/**
 * (n − z, k − z) for the z at which (n − z)(k − z) = δk/κ̂: the two equations multiplied, κ eliminated.
 * Of the two roots z, that below n and k.
 */
function gaps({ samples: n, features: k, ridge }: RandomFeatureFit, kappaHat: number): Gaps {
  if (k === Number.POSITIVE_INFINITY) {
    return { sampleGap: ridge / kappaHat, featureGap: Number.POSITIVE_INFINITY };
  }
  const product = (ridge * k) / kappaHat;
  const larger = (Math.abs(n - k) + Math.sqrt((n - k) ** 2 + 4 * product)) / 2;
  const smaller = larger > 0 ? product / larger : 0;
  return n >= k
    ? { sampleGap: larger, featureGap: smaller }
    : { sampleGap: smaller, featureGap: larger };
}

/** e^700 is near the end of float64's range. */
const LOG_RANGE = 700;

/**
 * Solves Σ λ/(λ + κ̂) + δ/κ = n and Σ λ/(λ + κ̂) + kκ/κ̂ = k for κ and κ̂ (2311.14646, section 4).
 *
 * Eliminating κ leaves one equation, monotone in ln κ̂, that is bracketed and solved to round-off. Without a ridge,
 * κ = 0 where n ≥ k, and κ̂ = 0 too where there are no more modes than samples and features.
 * Throws on sizes that are not positive and on a negative ridge.
 */
export function solveKappas({ eigenvalues }: KernelTask, fit: RandomFeatureFit): Kappas {
  const { samples: n, features: k, ridge } = fit;
  if (!(n > 0 && k > 0 && ridge >= 0 && Number.isFinite(n + ridge))) {
    throw new Error(`unknown fit: n ${n}, k ${k}, ridge ${ridge} (n, k positive, ridge 0 or more)`);
  }
  const least = Math.min(n, k);
  if (ridge === 0 && eigenvalues.length <= least) return { kappa: 0, kappaHat: 0 };
  const excess = (log: number): number => {
    const kappaHat = Math.exp(log);
    const { sampleGap, featureGap } = gaps(fit, kappaHat);
    return learnedModes(eigenvalues, kappaHat) - least + Math.min(sampleGap, featureGap);
  };
  // Without a ridge κ̂ is at most Σλ/min(n, k); a ridge only raises it.
  const log = Math.log(total(eigenvalues) / least);
  let [low, high] = [log - 4, log + 1];
  while (low > -LOG_RANGE && excess(low) < 0) low -= log - low;
  while (high < LOG_RANGE && excess(high) > 0) high += high - log;
  const kappaHat = Math.exp(findRoot(excess, { low, high }));
  const { featureGap } = gaps(fit, kappaHat);
  return {
    kappa: k === Number.POSITIVE_INFINITY ? kappaHat : (kappaHat * featureGap) / k,
    kappaHat,
  };
}

/** Expected errors of a fit, mean squared, label noise included. */
export interface RandomFeatureErrors {
  readonly test: number;
  /** On the samples and noisy labels fitted. */
  readonly train: number;
}

/**
 * Deterministic equivalent of the test and train error of random-feature ridge regression (2311.14646, section 4).
 *
 * The published quotient loses all digits where κ̂ or the gaps are small. With a = n − z, b = k − z and r = z − q it is
 * n [Σ v²(1 − L)((1 − L) b + r) + σ²(b + r)]/(ab + r(a + b)), where every term is positive. Train error is (a/n)²
 * times that, since a = δ/κ. `Infinity` at n = k without ridge. Throws as `solveKappas` does.
 */
export function randomFeatureErrors(task: KernelTask, fit: RandomFeatureFit): RandomFeatureErrors {
  const { kappaHat } = solveKappas(task, fit);
  const { samples: n, features: k } = fit;
  const modes = task.eigenvalues.length;
  const exact =
    kappaHat === 0 ? { sampleGap: n - modes, featureGap: k - modes } : gaps(fit, kappaHat);
  return errorsAt(task, fit, kappaHat, exact);
}

/** The errors at a given κ̂. */
export function errorsAt(
  task: KernelTask,
  { samples: n, features: k }: Pick<RandomFeatureFit, 'samples' | 'features'>,
  kappaHat: number,
  { sampleGap: a, featureGap: b }: Gaps,
): RandomFeatureErrors {
  const { boundary: r, missed, missedTwice } = sumsAt(task, kappaHat);
  const noise = (task.labelNoise ?? 0) ** 2;
  // As many modes as samples and features: noise alone is fitted without bound.
  if (a === 0 && b === 0 && r === 0) return { test: noise === 0 ? 0 : Infinity, train: 0 };
  const test =
    k === Number.POSITIVE_INFINITY
      ? (n * (missedTwice + noise)) / (a + r)
      : (n * (missedTwice * b + missed * r + noise * (b + r))) / (a * b + r * (a + b));
  return { test, train: a === 0 ? 0 : (a / n) ** 2 * test };
}
