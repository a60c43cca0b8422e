import type { Activation, ActivationName } from './activations.ts';
import { activationOf } from './activations.ts';
import { expectation, panelRule } from './quadrature.ts';
import { findRoot } from './roots.ts';

/** A point of the plane of 1611.01232, Figure 1. */
export interface Variances {
  readonly weightVariance: number;
  readonly biasVariance: number;
}

/**
 * The point of the critical line χ₁ = 1 whose fixed length is q ≥ 0: σ_w² = 1/E φ′(√q Z)², σ_b² = q − σ_w² E φ(√q Z)².
 * Runs along the whole line as q grows from 0; ReLU's is the single point (2, 0).
 */
export function criticalPoint(activation: Activation | ActivationName, q: number): Variances {
  if (!(q >= 0 && q < Infinity)) throw new Error(`unknown length: ${q} (a number, 0 or more)`);
  const { value, derivative } = activationOf(activation);
  const [rule, scale] = [panelRule(), Math.sqrt(q)];
  const weightVariance = 1 / expectation((z) => derivative(scale * z) ** 2, rule);
  const carried = weightVariance * expectation((z) => value(scale * z) ** 2, rule);
  return { weightVariance, biasVariance: q - carried };
}

/**
 * The weight variance at which χ₁ = 1 for a given bias variance.
 *
 * For homogeneous activations the line is a single point, and every bias variance but 0 is refused: with σ_b² > 0 and
 * χ₁ = 1 lengths would grow linearly with depth. Throws also where no length up to e⁴⁰ is critical.
 */
export function criticalWeightVariance(
  activation: Activation | ActivationName,
  biasVariance: number,
): number {
  if (!(biasVariance >= 0 && biasVariance < Infinity)) {
    throw new Error(`unknown bias variance: ${biasVariance} (a number, 0 or more)`);
  }
  const { homogeneous } = activationOf(activation);
  if (homogeneous && biasVariance > 0) {
    throw new Error(`no critical point: bias variance ${biasVariance}, homogeneous activation (0)`);
  }
  if (biasVariance === 0) return criticalPoint(activation, homogeneous ? 1 : 0).weightVariance;
  const excess = (logLength: number): number =>
    criticalPoint(activation, Math.exp(logLength)).biasVariance - biasVariance;
  // q exceeds σ_b², so this end lies below the root.
  const low = Math.log(biasVariance);
  for (let high = low + 1; high < 40; high += 1) {
    if (excess(high) > 0) {
      const logLength = findRoot(excess, { low: high - 1, high });
      return criticalPoint(activation, Math.exp(logLength)).weightVariance;
    }
  }
  throw new Error(`no critical point: bias variance ${biasVariance} (less of it)`);
}
