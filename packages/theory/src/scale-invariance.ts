/**
 * A weight vector that a norm layer follows: the loss depends on w/‖w‖ alone, so ⟨w, g⟩ = 0 and g scales as 1/‖w‖.
 * SGD with decay coupled to the rate, w ← (1 − ηλ) w − ηg.
 */
export interface ScaleInvariantStep {
  /** Learning rate η. */
  readonly learningRate: number;
  /** Weight decay λ, shrinking w by 1 − ηλ a step; default 0. */
  readonly decay?: number;
  /** G: squared norm of the gradient where ‖w‖ = 1; its mean where batches vary. */
  readonly unitGradientSquared: number;
}

/**
 * ‖w‖² after one more step, from ‖w‖²: (1 − ηλ)² ‖w‖² + η² G/‖w‖², by Pythagoras.
 *
 * Exact for a gradient of that length; over random gradients, exact in expectation given ‖w‖.
 */
export function nextSquaredNorm(
  { learningRate, decay = 0, unitGradientSquared }: ScaleInvariantStep,
  squaredNorm: number,
): number {
  const kept = 1 - learningRate * decay;
  return kept ** 2 * squaredNorm + (learningRate ** 2 * unitGradientSquared) / squaredNorm;
}

/** ‖w‖² before every step and after the last, `[steps + 1]`, by `nextSquaredNorm`. */
export function squaredNormCurve(
  step: ScaleInvariantStep,
  { initial, steps }: { readonly initial: number; readonly steps: number },
): Float64Array {
  const curve = new Float64Array(steps + 1);
  curve[0] = initial;
  for (let t = 0; t < steps; t++) curve[t + 1] = nextSquaredNorm(step, curve[t] as number);
  return curve;
}

/**
 * ‖w‖² without decay after t steps, √(‖w₀‖⁴ + 2η²Gt): the recursion's limit of small steps, below it by about
 * η²G/(2‖w‖²) · ln(‖w‖²/‖w₀‖²).
 */
export const freeSquaredNorm = (
  { learningRate, unitGradientSquared }: ScaleInvariantStep,
  { initial, steps }: { readonly initial: number; readonly steps: number },
): number => Math.sqrt(initial ** 2 + 2 * learningRate ** 2 * unitGradientSquared * steps);

/** The learning rate η/‖w‖² that moves w/‖w‖ as SGD at ‖w‖ = 1 would. */
export const effectiveRate = (learningRate: number, squaredNorm: number): number =>
  learningRate / squaredNorm;

function checkDecay(learningRate: number, decay: number): void {
  const shrink = learningRate * decay;
  if (!(shrink > 0 && shrink < 1)) {
    throw new Error(`no equilibrium: rate × decay = ${shrink} (between 0 and 1)`);
  }
}

/**
 * ‖w‖² at which decay and growth balance: √(ηG/(λ(2 − ηλ))), so ‖w‖ ≈ (ηG/2λ)^{1/4}, and the effective rate is
 * √(2ηλ/G) (2006.08419 and 1706.05350, to first order in ηλ).
 *
 * Deviations shrink by 2(1 − ηλ)² − 1 ≈ 1 − 4ηλ a step. Throws where ηλ is not between 0 and 1.
 */
export function equilibriumSquaredNorm({
  learningRate,
  decay = 0,
  unitGradientSquared,
}: ScaleInvariantStep): number {
  checkDecay(learningRate, decay);
  return Math.sqrt((learningRate * unitGradientSquared) / (decay * (2 - learningRate * decay)));
}

/**
 * ‖w‖² at which decay balances updates of a fixed length orthogonal to w, η times `updateNorm`, as those of Adam or of
 * signs are nearly: η U²/(λ(2 − ηλ)), proportional to η/λ where SGD's is to √(η/λ).
 *
 * Throws where ηλ is not between 0 and 1.
 */
export function normalizedEquilibriumSquaredNorm({
  learningRate,
  decay,
  updateNorm,
}: {
  readonly learningRate: number;
  readonly decay: number;
  readonly updateNorm: number;
}): number {
  checkDecay(learningRate, decay);
  return (learningRate * updateNorm ** 2) / (decay * (2 - learningRate * decay));
}

/**
 * Angle in radians by which w turns each step in equilibrium: cos θ = 1 − ηλ exactly, so θ ≈ √(2ηλ), whatever the
 * gradient's size and whether updates are SGD's or of fixed length (2006.08419).
 *
 * Throws where ηλ is not between 0 and 1.
 */
export function equilibriumAngle({
  learningRate,
  decay,
}: {
  readonly learningRate: number;
  readonly decay: number;
}): number {
  checkDecay(learningRate, decay);
  return Math.acos(1 - learningRate * decay);
}
