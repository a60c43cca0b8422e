import { correlationSlope, fixedCorrelation } from './correlation-map.ts';
import { CRITICAL, chi, lengthSlope, type MeanFieldNet } from './signal-propagation.ts';

/** Layers over which a distance from the fixed point falls by e. `Infinity` where it does not fall exponentially. */
export interface DepthScales {
  /** ξ_q, of lengths. */
  readonly length: number;
  /** ξ_c, of correlations; nets are trainable up to about 6 ξ_c layers (1611.01232, Figure 5). */
  readonly correlation: number;
  /** ξ_∇ = −1/ln χ₁, of squared gradients, backwards; negative where they grow instead. */
  readonly gradient: number;
}

const scaleOf = (slope: number): number =>
  Math.abs(slope - 1) <= CRITICAL ? Infinity : -1 / Math.log(slope);

/**
 * Depth scales from the slopes of the length and correlation maps at their fixed points:
 * ξ_q^{−1} = −ln[χ₁ + σ_w² E φφ″], ξ_c^{−1} = −ln[σ_w² E φ′(u₁) φ′(u₂)] (1611.01232, section 3).
 *
 * Where correlations have no fixed point (linear nets without biases) ξ_c is `Infinity`. Homogeneous activations with
 * χ₁ > 1 have a negative ξ_q: lengths grow.
 */
export function depthScales(net: MeanFieldNet): DepthScales {
  const c = fixedCorrelation(net);
  return {
    length: scaleOf(lengthSlope(net)),
    correlation: Number.isNaN(c) ? Infinity : scaleOf(correlationSlope(net, c)),
    gradient: scaleOf(chi(net)),
  };
}
