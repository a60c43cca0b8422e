import type { StepLaw } from './residual-depth.ts';

/**
 * How attention logits a = q·k/d^s scale with the width of a transformer, d the dimension of a head: s = ½ as usual, or
 * s = 1 (2203.03466; 2405.15712 compares both). The width grows by larger heads, or by more heads of one size.
 */
export interface AttentionScaling {
  /** s. */
  readonly scale: number;
  readonly grow: 'head-size' | 'head-count';
}

/** Variance and kurtosis of one logit at initialization, over the weights, for given inputs. */
export interface LogitMoments {
  readonly variance: number;
  /** Excess kurtosis: 6/d, so that logits of small heads have heavy tails. */
  readonly excessKurtosis: number;
}

/**
 * Moments of a logit at initialization, exactly, for keys and queries with independent entries N(0, `queryVariance`) and
 * N(0, `keyVariance`): as W x is for independent Gaussian W_Q and W_K, whatever the inputs. The logit is a sum of d
 * independent products: Var a = d^{1−2s} · queryVariance · keyVariance. Throws on a head size that is not a positive
 * integer.
 */
export function logitMoments(options: {
  readonly headSize: number;
  readonly scale: number;
  readonly queryVariance?: number;
  readonly keyVariance?: number;
}): LogitMoments {
  const { headSize: d, scale, queryVariance = 1, keyVariance = 1 } = options;
  if (!(Number.isInteger(d) && d > 0)) {
    throw new Error(`unknown head size: ${d} (a positive integer)`);
  }
  return { variance: d ** (1 - 2 * scale) * queryVariance * keyVariance, excessKurtosis: 6 / d };
}

/** Power of the width in the standard deviation of the logits at initialization: ½ − s by larger heads, 0 by more. */
export function logitExponent({ scale, grow }: AttentionScaling): number {
  return grow === 'head-size' ? 1 / 2 - scale : 0;
}

/** Powers of the width in what one step changes. */
export interface AttentionUpdate {
  /** Of the entries of keys and queries. */
  readonly entries: number;
  /** Of the logits. */
  readonly logits: number;
}

/**
 * Whether the values of a head stand at random to the gradient that comes back to them, as at initialization, or have
 * learnt to stand along it, as after some steps.
 */
export type Values = 'random' | 'aligned';

/**
 * Powers of the width n in what a step of W_Q and W_K changes in μP (2203.03466), at first order in the rate: what they
 * change where all other weights are held.
 *
 * The gradient that reaches the d outputs of a head is 1/n in every entry, and that of a logit its product with a value:
 * √d/n where values are random, d/n where they are aligned. SGD in μP moves q by n times its gradient, along k/d^s; Adam
 * moves every entry by the rate, along the sign of k's. Either moves the logit by d^{1−s} times as much as an entry.
 *
 * By larger heads, n ∝ d: entries move as d^{½−s} or d^{1−s} under SGD, logits as d^{3/2−2s} or d^{2−2s}; under Adam
 * entries at a pace without d, and logits as d^{1−s}. So s = 1 is the scale at which logits learn at a pace without d, with
 * SGD once values are aligned; then logits at initialization vanish, and heads become alike. By more heads nothing
 * changes in a head: its logits stay random, and what counts is the mean over heads. Our derivation; the two limits are
 * those of 2405.15712.
 */
export function attentionUpdate(
  { scale, grow }: AttentionScaling,
  steps: StepLaw,
  values: Values = 'random',
): AttentionUpdate {
  if (grow === 'head-count') return { entries: 0, logits: 0 };
  const gradient = { random: 1 / 2, aligned: 1 }[values];
  const entries = { sgd: gradient - scale, adam: 0 }[steps];
  return { entries, logits: 1 - scale + entries };
}
