import { minimumOn } from './minimum.ts';
import { excessLoss, type LinearRegression, type SgdStep } from './sgd-linear.ts';
import type { TargetRace, TargetReached } from './steps-to-target.ts';
import { checkTarget } from './steps-to-target.ts';

/**
 * Expected squared errors of linear regression after one step of Adam whose √v is the root mean square of the gradient,
 * coordinate by coordinate, `[mode]` to `[mode]`, written into `squaredErrors`: inputs have a diagonal covariance.
 *
 * c_k ← c_k − 2η λ_k c_k/r_k + η², r_k² = λ_k² c_k (1 + 1/B) + λ_k (Σ_j λ_j c_j + σ²)/B. It is the limit of Adam
 * in which v remembers many steps, but few beside those of the descent, and m less; with B → ∞ it is descent by signs from
 * a given start. Where noise dominates, r_k falls as B^{−1/2}, and η √B is SGD's rate but for a factor a coordinate:
 * the square-root rule (2205.10287).
 */
export function stepNormalizedErrors(
  { eigenvalues, labelNoise = 0 }: LinearRegression,
  { learningRate, batchSize }: SgdStep,
  squaredErrors: Float64Array,
): void {
  let residual = labelNoise ** 2;
  for (let k = 0; k < eigenvalues.length; k++) {
    residual += (eigenvalues[k] as number) * (squaredErrors[k] as number);
  }
  for (let k = 0; k < eigenvalues.length; k++) {
    const eigenvalue = eigenvalues[k] as number;
    const error = squaredErrors[k] as number;
    const square =
      eigenvalue ** 2 * error * (1 + 1 / batchSize) + (eigenvalue * residual) / batchSize;
    const drift = square > 0 ? (eigenvalue * error) / Math.sqrt(square) : 0;
    squaredErrors[k] = error - 2 * learningRate * drift + learningRate ** 2;
  }
}

/** Steps without a new lowest loss, beside as many as led to that, after which no further one is awaited. */
const SETTLED = 64;

/** Steps with a fraction to an expected excess loss at a constant rate, by `stepNormalizedErrors`; `Infinity` where never. */
export function normalizedSteps(
  problem: LinearRegression,
  { initialSquaredErrors, targetLoss, batchSize, maxSteps = 1e5 }: TargetRace,
  learningRate: number,
): number {
  const errors = Float64Array.from(initialSquaredErrors);
  let loss = excessLoss(problem, errors);
  let [lowest, lowestAt] = [loss, 0];
  for (let t = 0; t < maxSteps; t++) {
    if (loss <= targetLoss) return t;
    stepNormalizedErrors(problem, { learningRate, batchSize }, errors);
    const next = excessLoss(problem, errors);
    if (next <= targetLoss) return t + Math.log(loss / targetLoss) / Math.log(loss / next);
    // Single steps may lead up on the way down: what has not been lower for long has settled above the target.
    if (next < lowest) [lowest, lowestAt] = [next, t];
    else if (t > 2 * lowestAt + SETTLED) return Number.POSITIVE_INFINITY;
    loss = next;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Fewest steps to an expected excess loss with the best constant rate of `normalizedSteps`.
 *
 * Throws where the target is not between 0 and the first loss.
 */
export function bestNormalizedRate(problem: LinearRegression, race: TargetRace): TargetReached {
  checkTarget(problem, race);
  const furthest = Math.sqrt(Math.max(...race.initialSquaredErrors));
  const { maxSteps = 1e5 } = race;
  let cap = maxSteps;
  // From the largest rate down; what needs more than twice the best so far need not be followed to its end.
  const cost = (below: number): number => {
    const rate = furthest * Math.exp(-below);
    const steps = normalizedSteps(problem, { ...race, maxSteps: cap }, rate);
    if (steps < cap) cap = Math.min(cap, 2 * Math.ceil(steps) + 2);
    return Math.log(Math.min(steps, 2 * maxSteps));
  };
  const { at } = minimumOn(cost, [0, Math.log(maxSteps)], { grid: 121, tolerance: 1e-5 });
  const learningRate = furthest * Math.exp(-at);
  const steps = normalizedSteps(problem, race, learningRate);
  return { steps, examples: steps * race.batchSize, learningRate };
}
