import type { Activation, ActivationName } from './activations.ts';
import { activationOf } from './activations.ts';
import { expectation, panelRule, type Rule } from './quadrature.ts';
import { findRoot } from './roots.ts';

/** An infinitely wide fully connected net: weights of variance σ_w²/fanIn, biases of variance σ_b². */
export interface MeanFieldNet {
  readonly activation: Activation | ActivationName;
  /** σ_w². */
  readonly weightVariance: number;
  /** σ_b². */
  readonly biasVariance: number;
}

/** Whether close inputs come together from layer to layer (`ordered`), part (`chaotic`), or neither: see `phaseOf`. */
export type Phase = 'ordered' | 'critical' | 'chaotic';

/** Lengths below are taken for 0, and slopes so close to 1 for critical. */
const TINY = 1e-12;
export const CRITICAL = 1e-9;

/** Throws on variances that are negative or not finite. */
export function checkVariances({ weightVariance, biasVariance }: Omit<MeanFieldNet, 'activation'>) {
  if (!(weightVariance >= 0 && weightVariance < Infinity)) {
    throw new Error(`unknown weight variance: ${weightVariance} (a number, 0 or more)`);
  }
  if (!(biasVariance >= 0 && biasVariance < Infinity)) {
    throw new Error(`unknown bias variance: ${biasVariance} (a number, 0 or more)`);
  }
}

/**
 * The next layer's mean squared preactivation: q ↦ σ_w² E φ(√q Z)² + σ_b² (1606.05340, equation 3; 1611.01232,
 * section 2).
 */
export function lengthMap(net: MeanFieldNet, q: number, rule: Rule = panelRule()): number {
  checkVariances(net);
  const { value } = activationOf(net.activation);
  const scale = Math.sqrt(q);
  return net.weightVariance * expectation((z) => value(scale * z) ** 2, rule) + net.biasVariance;
}

/**
 * The length q* that repeated use of the length map tends to from any positive length, if the map is increasing and
 * concave, as for the activations here; 0 where lengths die out, `Infinity` where they grow without bound.
 *
 * A homogeneous activation has q* = σ_b²/(1 − σ_w² E φ(Z)²). On its degenerate line σ_w² E φ(Z)² = 1, σ_b² = 0 (ReLU:
 * σ_w² = 2) every length stays as it is, and 1 stands for all of them.
 */
export function fixedLength(net: MeanFieldNet): number {
  const rule = panelRule();
  const { homogeneous, value } = activationOf(net.activation);
  checkVariances(net);
  const { weightVariance, biasVariance } = net;
  if (homogeneous) {
    const gain = weightVariance * expectation((z) => value(z) ** 2, rule);
    if (Math.abs(gain - 1) < TINY) return biasVariance === 0 ? 1 : Infinity;
    return gain > 1 ? Infinity : biasVariance / (1 - gain);
  }
  const excess = (logLength: number): number => {
    const q = Math.exp(logLength);
    return lengthMap(net, q, rule) / q - 1;
  };
  const low = Math.log(Math.max(biasVariance, TINY));
  if (excess(low) <= 0) return biasVariance === 0 ? 0 : biasVariance;
  for (let high = low + 2; high < 60; high += 2) {
    if (excess(high) < 0) return Math.exp(findRoot(excess, { low: high - 2, high }));
  }
  return Infinity;
}

/** A finite positive length at which slopes are taken: for homogeneous activations they are the same at every length. */
export function workingLength(net: MeanFieldNet): number {
  const q = fixedLength(net);
  if (q < Infinity) return Math.max(q, TINY);
  if (activationOf(net.activation).homogeneous) return 1;
  throw new Error('no fixed length: lengths grow without bound (an activation that saturates)');
}

/**
 * χ₁ = σ_w² E φ′(√q* Z)²: the slope of the correlation map at 1, and the factor by which a layer multiplies the mean
 * squared gradient (1606.05340, equation 6; 1611.01232, section 4).
 */
export function chi(net: MeanFieldNet): number {
  const { derivative } = activationOf(net.activation);
  const scale = Math.sqrt(workingLength(net));
  return net.weightVariance * expectation((z) => derivative(scale * z) ** 2, panelRule());
}

/** The slope of the length map at q*: σ_w² E φ(√q Z) φ′(√q Z) Z/√q, which is χ₁ + σ_w² E φ φ″ where φ″ exists. */
export function lengthSlope(net: MeanFieldNet): number {
  const { value, derivative } = activationOf(net.activation);
  const scale = Math.sqrt(workingLength(net));
  const integrand = (z: number): number => (value(scale * z) * derivative(scale * z) * z) / scale;
  return net.weightVariance * expectation(integrand, panelRule());
}

/**
 * Ordered where χ₁ < 1, chaotic where χ₁ > 1, critical within 1e-9 of 1. A homogeneous activation with χ₁ > 1 has
 * growing lengths and gradients, though correlations still tend to 1.
 */
export function phaseOf(net: MeanFieldNet): Phase {
  const slope = chi(net);
  if (Math.abs(slope - 1) <= CRITICAL) return 'critical';
  return slope < 1 ? 'ordered' : 'chaotic';
}
