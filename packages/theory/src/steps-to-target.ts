import { minimumOn } from './minimum.ts';
import { findRoot } from './roots.ts';
import {
  excessLoss,
  type LinearRegression,
  largestStableRate,
  stationaryLoss,
  stepSquaredErrors,
} from './sgd-linear.ts';

/** A race to a loss by SGD on linear regression. */
export interface TargetRace {
  readonly batchSize: number;
  /** (w − w*)_k² at the start, `[mode]`. */
  readonly initialSquaredErrors: readonly number[];
  /** Expected excess loss to reach, below the first and above 0. */
  readonly targetLoss: number;
  /** Default 10⁶ for SGD, 10⁵ for normalised SGD. */
  readonly maxSteps?: number;
}

/** When the target was reached, and with what learning rate. */
export interface TargetReached {
  /** Steps, with a fraction: the expected loss is taken as geometric between two steps. `Infinity` where it was never reached. */
  readonly steps: number;
  /** Batch size times steps. */
  readonly examples: number;
  readonly learningRate: number;
}

/** Steps until the target under rates given step by step. */
function race(
  problem: LinearRegression,
  { batchSize, initialSquaredErrors, targetLoss }: TargetRace,
  rateAt: (squaredErrors: Float64Array) => number,
  maxSteps: number,
): { readonly steps: number; readonly loss: number } {
  const errors = Float64Array.from(initialSquaredErrors);
  let loss = excessLoss(problem, errors);
  for (let t = 0; t < maxSteps; t++) {
    if (loss <= targetLoss) return { steps: 0, loss };
    stepSquaredErrors(problem, { learningRate: rateAt(errors), batchSize }, errors);
    const next = excessLoss(problem, errors);
    if (next <= targetLoss) {
      return { steps: t + Math.log(loss / targetLoss) / Math.log(loss / next), loss: next };
    }
    loss = next;
  }
  return { steps: Number.POSITIVE_INFINITY, loss };
}

/** The largest rate whose stationary loss is at most the target. */
function largestUsefulRate(
  problem: LinearRegression,
  { batchSize, targetLoss }: TargetRace,
): number {
  const stable = largestStableRate(problem, batchSize);
  if (!problem.labelNoise || batchSize === Number.POSITIVE_INFINITY) return stable;
  const settles = (share: number) =>
    share === 1
      ? Number.POSITIVE_INFINITY
      : stationaryLoss(problem, { learningRate: share * stable, batchSize });
  return stable * findRoot((share) => 1 - targetLoss / settles(share), { low: 1e-12, high: 1 });
}

/** The best rate is looked for down to this share of the largest useful one. */
const SMALLEST_SHARE = 1 / 64;

/**
 * Fewest steps to an expected excess loss with the best constant learning rate, by the exact recursion of
 * `stepSquaredErrors`: a point of the measured trade-off of 1812.06162.
 *
 * Throws where the target is not between 0 and the first loss.
 */
export function bestConstantRate(problem: LinearRegression, options: TargetRace): TargetReached {
  checkTarget(problem, options);
  const { batchSize, targetLoss, maxSteps = 1e6 } = options;
  const largest = largestUsefulRate(problem, options);
  let cap = maxSteps;
  const cost = (logShare: number): number => {
    const rate = largest * Math.exp(-logShare);
    const { steps, loss } = race(problem, options, () => rate, cap);
    if (steps < cap) {
      // What needs more than twice the best so far need not be followed to its end.
      cap = Math.min(cap, 2 * Math.ceil(steps) + 2);
      return steps;
    }
    return cap * (1 + Math.log(Math.max(loss, targetLoss) / targetLoss));
  };
  cost(Math.LN2);
  const { at } = minimumOn(cost, [1e-3, -Math.log(SMALLEST_SHARE)], { tolerance: 1e-5 });
  const learningRate = largest * Math.exp(-at);
  const { steps } = race(problem, options, () => learningRate, maxSteps);
  return { steps, examples: steps * batchSize, learningRate };
}

/**
 * The learning rate that lowers the expected loss the most in one step: Σλ²c/[(1 + 1/B) Σλ³c + Σλ² (Σλc + σ²)/B].
 *
 * For one eigenvalue λ this is λ^{−1}/(1 + B_simple/B), equation 2.6 of 1812.06162 with the exact B_simple.
 */
export function greedyRate(
  { eigenvalues, labelNoise = 0 }: LinearRegression,
  batchSize: number,
  squaredErrors: readonly number[] | Float64Array,
): number {
  let [once, twice, thrice, squares] = [0, 0, 0, 0];
  eigenvalues.forEach((eigenvalue, k) => {
    const weighted = eigenvalue * (squaredErrors[k] as number);
    once += weighted;
    twice += eigenvalue * weighted;
    thrice += eigenvalue ** 2 * weighted;
    squares += eigenvalue ** 2;
  });
  return twice / ((1 + 1 / batchSize) * thrice + (squares * (once + labelNoise ** 2)) / batchSize);
}

/**
 * Steps to an expected excess loss when every step takes `greedyRate`; `learningRate` is the first step's.
 *
 * Throws where the target is not between 0 and the first loss.
 */
export function greedySteps(problem: LinearRegression, options: TargetRace): TargetReached {
  checkTarget(problem, options);
  const { batchSize, initialSquaredErrors, maxSteps = 1e6 } = options;
  const rateAt = (errors: readonly number[] | Float64Array) =>
    greedyRate(problem, batchSize, errors);
  const { steps } = race(problem, options, rateAt, maxSteps);
  return { steps, examples: steps * batchSize, learningRate: rateAt(initialSquaredErrors) };
}

/** Throws where a target is not between 0 and the first loss. */
export function checkTarget(
  problem: LinearRegression,
  { targetLoss, initialSquaredErrors }: TargetRace,
): void {
  const first = excessLoss(problem, initialSquaredErrors);
  if (!(targetLoss > 0 && targetLoss < first)) {
    throw new Error(`unknown target loss: ${targetLoss} (above 0, below the first loss, ${first})`);
  }
}
