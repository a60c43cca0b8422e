/** First two moments of the gradient of one example's loss. */
export interface GradientMoments {
  /** |G|², squared norm of the mean gradient. */
  readonly squaredNorm: number;
  /** tr Σ, trace of the covariance of one example's gradient. */
  readonly covarianceTrace: number;
}

/** B_simple = tr Σ/|G|², the batch size at which noise and signal weigh the same (1812.06162, equation 2.9). */
export const simpleNoiseScale = ({ squaredNorm, covarianceTrace }: GradientMoments): number =>
  covarianceTrace / squaredNorm;

/** E |G_B|² = |G|² + tr Σ/B over batches of B independent examples (1812.06162, appendix A.1). */
export const expectedSquaredNorm = (
  { squaredNorm, covarianceTrace }: GradientMoments,
  batchSize: number,
): number => squaredNorm + covarianceTrace / batchSize;

/** A linear model off its target by Δ = w − w*, on inputs N(0, diag(eigenvalues)) and labels with noise σ. */
export interface LinearResidual {
  /** Eigenvalues λ of the inputs' covariance, `[mode]`; all 1 for unit Gaussian inputs. */
  readonly eigenvalues: readonly number[];
  /** Δ in the eigenbasis, `[mode]`. */
  readonly residual: readonly number[];
  /** Standard deviation σ of the label noise; default 0. */
  readonly labelNoise?: number;
}

/**
 * Exact gradient moments of linear regression, loss ½ (⟨w, x⟩ − y)²: G = ΛΔ, and
 * tr Σ = tr Λ · (ΔᵀΛΔ + σ²) + ΔᵀΛ²Δ, by Wick's theorem.
 *
 * For unit inputs B_simple = d + 1 + σ²d/|Δ|². It is the same for the loss (⟨w, x⟩ − y)², whose gradients are
 * twice as long. Throws where the residual has not one entry a mode.
 */
export function linearGradientMoments({
  eigenvalues,
  residual,
  labelNoise = 0,
}: LinearResidual): GradientMoments {
  if (residual.length !== eigenvalues.length) {
    throw new Error(`unknown residual: ${residual.length} modes (${eigenvalues.length})`);
  }
  let [trace, once, twice] = [0, 0, 0];
  eigenvalues.forEach((eigenvalue, k) => {
    const square = (residual[k] as number) ** 2;
    trace += eigenvalue;
    once += eigenvalue * square;
    twice += eigenvalue ** 2 * square;
  });
  return { squaredNorm: twice, covarianceTrace: trace * (once + labelNoise ** 2) + twice };
}

/** Mean of |G_B|² over batches of one size. */
export interface MeanSquaredNorm {
  readonly batchSize: number;
  readonly squaredNorm: number;
}

/**
 * Unbiased estimates of |G|² and tr Σ from mean squared gradient norms at two batch sizes (1812.06162, A.1):
 * |G|² = (B_b|G_b|² − B_s|G_s|²)/(B_b − B_s), tr Σ = (|G_s|² − |G_b|²)/(1/B_s − 1/B_b).
 *
 * Either may come out negative. Their quotient is biased: average both before `simpleNoiseScale`.
 * Throws where the batch sizes are equal.
 */
export function twoBatchMoments(small: MeanSquaredNorm, big: MeanSquaredNorm): GradientMoments {
  if (small.batchSize === big.batchSize) {
    throw new Error(`equal batch sizes: ${small.batchSize} (two different ones)`);
  }
  return {
    squaredNorm:
      (big.batchSize * big.squaredNorm - small.batchSize * small.squaredNorm) /
      (big.batchSize - small.batchSize),
    covarianceTrace:
      (small.squaredNorm - big.squaredNorm) / (1 / small.batchSize - 1 / big.batchSize),
  };
}
