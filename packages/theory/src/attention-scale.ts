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
 * Powers of the width in what a step changes at first order in the rate, for a rate of W_Q and W_K without d, scaled with
 * the width of the model as μP says: a gradient of order one at q then moves q by order one.
 *
 * By larger heads: ∂a/∂q = k/d^s, so SGD moves q along k/d^s and the logit by (|k|² + |q|²)/d^{2s} ∝ d^{1−2s}; Adam moves
 * every entry by the rate, along the sign of k's, and the logit by ∝ d^{1−s}. Hence at s = ½ logits move at a pace without
 * d under SGD, entries as d^{−½}, and Adam would need a rate ∝ d^{−½}; at s = 1 Adam moves both at a pace without d, while
 * logits at initialization vanish and all heads become alike, and SGD would need a rate ∝ d. By more heads nothing
 * changes in a head: its logits stay random, and what counts is the mean over heads. Our derivation; the two limits are
 * those of 2405.15712.
 */
export function attentionUpdate(
  { scale, grow }: AttentionScaling,
  steps: StepLaw,
): AttentionUpdate {
  if (grow === 'head-count') return { entries: 0, logits: 0 };
  const entries = { sgd: -scale, adam: 0 }[steps];
  return { entries, logits: 1 - scale + entries };
}
