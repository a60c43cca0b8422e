import { activationOf } from './activations.ts';
import { pairExpectation, pairRule } from './quadrature.ts';
import { findRoot } from './roots.ts';
import type { MeanFieldNet } from './signal-propagation.ts';
import { CRITICAL, chi, fixedLength, lengthMap, workingLength } from './signal-propagation.ts';

/** The length at which correlations are mapped, and the net that maps them. */
function atFixedLength(net: MeanFieldNet, q: number): { length: number; net: MeanFieldNet } {
  if (q < Infinity) return { length: Math.max(q, 1e-12), net };
  // Where lengths grow without bound, biases have nothing to say in the end.
  return { length: workingLength(net), net: { ...net, biasVariance: 0 } };
}

/**
 * The next layer's correlation of two inputs whose lengths are both q (q* by default): c ↦ (σ_w² E φ(√q U) φ(√q V) +
 * σ_b²)/q′, where U and V have correlation c and q′ is the next length (1606.05340, equation 5; 1611.01232, section 2).
 */
export function correlationMap(net: MeanFieldNet, c: number, q: number = fixedLength(net)): number {
  const { value } = activationOf(net.activation);
  const at = atFixedLength(net, q);
  const scale = Math.sqrt(at.length);
  const product = pairExpectation((u, v) => value(scale * u) * value(scale * v), pairRule(c));
  return (net.weightVariance * product + at.net.biasVariance) / lengthMap(at.net, at.length);
}

/**
 * The slope of the correlation map at c and q*: σ_w² E φ′(√q* U) φ′(√q* V), which at c = 1 is χ₁.
 *
 * Where lengths die out or grow without bound it is divided by the factor q′/q by which they do, since correlations are:
 * ReLU nets without biases have slope 1 at c = 1 for every σ_w², though χ₁ = σ_w²/2.
 */
export function correlationSlope(net: MeanFieldNet, c: number): number {
  const { derivative } = activationOf(net.activation);
  const at = atFixedLength(net, fixedLength(net));
  const scale = Math.sqrt(at.length);
  const product = (u: number, v: number): number => derivative(scale * u) * derivative(scale * v);
  const slope = net.weightVariance * pairExpectation(product, pairRule(c));
  return (slope * at.length) / lengthMap(at.net, at.length);
}

/**
 * The correlation c* that any two different inputs tend to with depth: 1 where χ₁ ≤ 1, below 1 in the chaotic phase;
 * 1 for ReLU throughout. Within 1e-6 of 1 it is taken for 1.
 *
 * `NaN` where a net is linear in the end and keeps what correlation it has: linear nets whose biases do not count, and
 * those like tanh whose lengths die out (σ_b² = 0, σ_w² φ′(0)² ≤ 1).
 */
export function fixedCorrelation(net: MeanFieldNet): number {
  const q = fixedLength(net);
  const excess = (c: number): number => correlationMap(net, c, q) - c;
  if (q === 0 || activationOf(net.activation).homogeneous) {
    return Math.abs(excess(0.5)) < 1e-9 ? Number.NaN : 1;
  }
  if (chi(net) <= 1 + CRITICAL) return 1;
  // Divided by 1 − c, so that the trivial root at 1 is gone: there the quotient is 1 − χ₁ < 0.
  const quotient = (c: number): number => excess(c) / (1 - c);
  const [low, high] = [0, 1 - 1e-6];
  if (quotient(high) >= 0) return 1;
  // Odd activations without biases keep a correlation of 0.
  return excess(low) <= 1e-12 ? 0 : findRoot(quotient, { low, high, tolerance: 1e-13 });
}
