import { expectation, legendreRule } from './quadrature.ts';

/**
 * The scalar deep linear network of 2410.04642 in its simplest form: f = (w_1 ⋯ w_L − 1)/γ from w_l = 1, trained by
 * gradient descent on ½(f − y)², one rate η for all weights.
 *
 * Weights that begin equal stay equal, so f = (w^L − 1)/γ, and the tangent kernel Σ_l (∂f/∂w_l)² is
 * Θ = L w^{2L−2}/γ² = L (1 + γf)^{2−2/L}/γ²: it rises from L/γ² at the start to L (1 + γy)^{2−2/L}/γ² at the minimum.
 */
export interface ScalarNet {
  /** L, the number of weight layers. */
  readonly layers: number;
  /** γ: the output is divided by it, so that larger is richer. */
  readonly richness: number;
  /** y > 0. */
  readonly target?: number;
}

/** Slopes of log η against log γ at the best rate: 2 for γ ≪ 1 and 2/L for γ ≫ 1 (2410.04642). */
export function richnessSlopes(layers: number): { readonly lazy: number; readonly rich: number } {
  checkNet({ layers, richness: 1 });
  return { lazy: 2, rich: 2 / layers };
}

/** The largest stable rate of the net linearised at its start, 2/Θ = 2γ²/L, at every γ. */
export function linearisedStableRate(net: ScalarNet): number {
  const { layers, richness } = checkNet(net);
  return (2 * richness ** 2) / layers;
}

/**
 * The largest rate at which the net can settle: η = 2γ²/(L (1 + γy)^{2−2/L}), since at a minimum the Hessian is the
 * tangent kernel. It is 2γ²/L for γy ≪ 1 and (2/L) y^{2/L−2} γ^{2/L} for γy ≫ 1; both lines meet at γ = 1/y.
 *
 * No other minimum would let a larger rate settle: Θ = (w_1 ⋯ w_L)² Σ w_l^{−2}/γ² is least, at a given product, where
 * all weights are equal.
 */
export function stableRate(net: ScalarNet): number {
  const { layers, richness, target } = checkNet(net);
  return linearisedStableRate(net) / (1 + richness * target) ** (2 - 2 / layers);
}

/**
 * The time η × steps in which gradient flow brings f from 0 to `fraction` of the target:
 * t = ∫ df/(Θ (y − f)) = (γ²/L) ∫₀^fraction dx/((1 − x)(1 + γyx)^{2−2/L}), by quadrature.
 *
 * For γy ≪ 1 it is −(γ²/L) ln(1 − fraction). For γy ≫ 1 and L > 2 it is a plateau and a drop at γ/((L − 2) y), whatever
 * the fraction: γ^{1−2/L} steps at the largest stable rate (`plateauExponent`).
 */
export function timeToFraction(net: ScalarNet & { readonly fraction: number }): number {
  const { layers, richness, target } = checkNet(net);
  const { fraction } = net;
  if (!(fraction >= 0 && fraction < 1)) {
    throw new Error(`unknown fraction: ${fraction} (0 or more, below 1)`);
  }
  const rise = richness * target;
  const power = 2 - 2 / layers;
  const rule = legendreRule(64);
  const integral = (f: (x: number) => number, low: number, high: number): number =>
    (high - low) * expectation((x) => f(low + ((high - low) * (x + 1)) / 2), rule);
  // Up to x = ½ in v = ln(1 + γyx), in which the plateau is smooth; from there in s = −ln(1 − x).
  const middle = Math.min(fraction, 1 / 2);
  const early = integral(
    (v) => Math.exp((1 - power) * v) / (1 - Math.expm1(v) / rise),
    0,
    Math.log1p(rise * middle),
  );
  const late = integral(
    (s) => (1 - rise * Math.expm1(-s)) ** -power,
    -Math.log1p(-middle),
    -Math.log1p(-fraction),
  );
  return (richness ** 2 / layers) * (early / rise + late);
}

/** Power of γ in the number of steps of the plateau, at the best rate, for γ ≫ 1: 1 − 2/L (for L = 2 it is ln γ). */
export function plateauExponent(layers: number): number {
  return 1 - richnessSlopes(layers).rich;
}

function checkNet({ layers, richness, target = 1 }: ScalarNet): Required<ScalarNet> {
  if (!(Number.isInteger(layers) && layers > 0)) {
    throw new Error(`unknown layers: ${layers} (a positive integer)`);
  }
  if (!(richness > 0 && richness < Infinity)) {
    throw new Error(`unknown richness: ${richness} (a positive number)`);
  }
  if (!(target > 0 && target < Infinity)) {
    throw new Error(`unknown target: ${target} (a positive number)`);
  }
  return { layers, richness, target };
}
