import { digamma, trigamma } from './special-functions.ts';

/** A layer of Gaussian weights, of variance 2/fanIn before ReLU and 1/fanIn before no activation, without biases. */
export interface RandomLayer {
  /** Its outputs, n_l; the number of its inputs does not matter. */
  readonly width: number;
  readonly activation: 'relu' | 'linear';
}

/** Mean and variance of ln R. */
export interface LogMoments {
  readonly mean: number;
  readonly variance: number;
}

/** Layers of one width. */
export function equalLayers({
  depth,
  ...layer
}: RandomLayer & { readonly depth: number }): RandomLayer[] {
  return Array.from({ length: depth }, () => layer);
}

/** p, the expected share of active units. */
const activeShare = ({ activation, width }: RandomLayer): number => {
  if (!(Number.isInteger(width) && width > 0)) {
    throw new Error(`unknown width: ${width} (a positive integer)`);
  }
  return { relu: 1 / 2, linear: 1 }[activation];
};

/*
 * Below J is the Jacobian of the layers at any input, u any vector and R = (n_0/n_L) ‖Ju‖²/‖u‖². Layer by layer
 * R is a product of independent factors (1/(p n)) Σ_i d_i g_i², i = 1 … n, with Gaussian g and independent d_i = 1 with
 * probability p: Wu is Gaussian whatever u is, and which units are active does not depend on (Wu)², because the law of
 * the signs of W stays when all are flipped. So all this holds for the activations of a net too (u its input).
 */

/**
 * The approximation ln R ~ N(−β/2, β), β = Σ (3/p − 1)/n_l: 5/n_l for ReLU, 2/n_l for linear layers. Good where all
 * n_l are large, at any ratio of depth to width; its error is of order Σ 1/n_l² (1812.05994, Theorem 1).
 */
export function gaussianLogNorm(layers: readonly RandomLayer[]): LogMoments {
  const beta = layers.reduce((sum, l) => sum + (3 / activeShare(l) - 1) / l.width, 0);
  return { mean: -beta / 2, variance: beta };
}

/** E R² = Π (1 + (3/p − 1)/n_l), exactly: Π (1 + 5/n_l) for ReLU, Π (1 + 2/n_l) for linear layers; E R = 1. */
export function normSecondMoment(layers: readonly RandomLayer[]): number {
  return layers.reduce((product, l) => product * (1 + (3 / activeShare(l) - 1) / l.width), 1);
}

/** The probability that no ReLU layer is silent, Π (1 − 2^{−n_l}), exactly; otherwise R = 0. */
export function aliveProbability(layers: readonly RandomLayer[]): number {
  return layers.reduce(
    (product, l) => product * (activeShare(l) < 1 ? -Math.expm1(-l.width * Math.LN2) : 1),
    1,
  );
}

/**
 * Mean and variance of ln R, exactly, given R > 0: sums over layers.
 *
 * A linear layer's factor is χ²_n/n: mean ψ(n/2) + ln(2/n), variance ψ₁(n/2). A ReLU layer's is 2χ²_K/n with
 * K ~ Binomial(n, ½) active units, K ≥ 1: mean E ψ(K/2) + ln(4/n), variance E ψ₁(K/2) + Var ψ(K/2).
 */
export function exactLogNorm(layers: readonly RandomLayer[]): LogMoments {
  const byKind = new Map<string, LogMoments>();
  let [mean, variance] = [0, 0];
  for (const layer of layers) {
    const key = `${layer.activation} ${layer.width}`;
    const moments = byKind.get(key) ?? layerLogMoments(layer);
    byKind.set(key, moments);
    mean += moments.mean;
    variance += moments.variance;
  }
  return { mean, variance };
}

function layerLogMoments(layer: RandomLayer): LogMoments {
  const n = layer.width;
  const p = activeShare(layer);
  if (p === 1) return { mean: digamma(n / 2) + Math.log(2 / n), variance: trigamma(n / 2) };
  // Binomial probabilities from their logarithms: 2^{−n} itself is 0 in float64 beyond n = 1074.
  let logWeight = -n * Math.LN2 - Math.log(-Math.expm1(-n * Math.LN2));
  const weights: number[] = [];
  for (let k = 1; k <= n; k++) {
    logWeight += Math.log((n - k + 1) / k);
    weights.push(Math.exp(logWeight));
  }
  const average = (f: (k: number) => number): number =>
    weights.reduce((sum, weight, i) => sum + (weight > 0 ? weight * f(i + 1) : 0), 0);
  const mean = average((k) => digamma(k / 2));
  return {
    mean: mean + Math.log(4 / n),
    variance: average((k) => trigamma(k / 2) + (digamma(k / 2) - mean) ** 2),
  };
}
