/** κ = B′/B must be positive. */
function check(kappa: number): void {
  if (!(kappa > 0 && kappa < Number.POSITIVE_INFINITY)) {
    throw new Error(`unknown batch ratio: ${kappa} (a positive number)`);
  }
}

/** SGD at a batch κ times as large, while gradients are mostly noise (B ≪ B_noise): η → κη. */
export function linearRule(learningRate: number, kappa: number): number {
  check(kappa);
  return kappa * learningRate;
}

/** Adam at a batch κ times as large, while gradients are mostly noise: η → √κ η (2205.10287, section 5). */
export function squareRootRule(learningRate: number, kappa: number): number {
  check(kappa);
  return Math.sqrt(kappa) * learningRate;
}

/**
 * The best rate of SGD at any batch size, η_max/(1 + B_noise/B): the linear rule below B_noise, constant above
 * (1812.06162, equation 2.6).
 */
export const saturatingRate = (
  { largestRate, noiseScale }: { readonly largestRate: number; readonly noiseScale: number },
  batchSize: number,
): number => largestRate / (1 + noiseScale / batchSize);

/** What Adam's update θ ← θ − η m/(√v + ε) needs, gradients being means over the batch. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Added to √v, not under the root. */
  readonly epsilon: number;
}

/**
 * Adam at a batch κ times as large: η → √κ η, 1 − β → κ(1 − β), ε → ε/√κ (2205.10287, section 5).
 *
 * Where noise dominates, √v is the standard deviation of a batch's mean gradient, which falls as 1/√κ, and ε goes with
 * what it is added to. It would be ε/κ for ε under the root, and √κ ε for gradients summed over the batch. The drift a
 * step, η G/√v, then grows κ-fold, as does the variance a step, η², and 1/κ as many steps make the same diffusion.
 * Throws where 1 − β would pass 1, so for κ ≥ 1/(1 − β).
 */
export function squareRootAdam(settings: AdamSettings, kappa: number): AdamSettings {
  const memory = (beta: number): number => {
    const scaled = 1 - kappa * (1 - beta);
    if (!(scaled > 0)) {
      throw new Error(`batch ratio too large: ${kappa} (below ${1 / (1 - beta)} for β = ${beta})`);
    }
    return scaled;
  };
  return {
    learningRate: squareRootRule(settings.learningRate, kappa),
    beta1: memory(settings.beta1),
    beta2: memory(settings.beta2),
    epsilon: settings.epsilon / Math.sqrt(kappa),
  };
}

/** Examples after which an average with decay β a step has forgotten half: B ln ½/ln β (2507.07101, in tokens there). */
export const halfLife = (beta: number, batchSize: number): number =>
  (batchSize * Math.log(0.5)) / Math.log(beta);

/**
 * β at a batch κ times as large with the same half-life in examples: β^κ (2507.07101).
 *
 * To first order in 1 − β this is the rule 1 − β → κ(1 − β); unlike it, it holds for every κ.
 */
export function constantHalfLife(beta: number, kappa: number): number {
  check(kappa);
  return beta ** kappa;
}
