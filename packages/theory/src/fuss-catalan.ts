import { expectation, legendreRule } from './quadrature.ts';
import { findRoot } from './roots.ts';

/**
 * Where the singular values of a product of L Gaussian n × n matrices (entries of variance 1/n) lie once n ≫ L: the n
 * mid-quantiles of `ln σ` under the Fuss–Catalan law, `[n]`, the largest first. Deterministic in that limit.
 *
 * With 0 < φ < π/(L+1), σ² = sin^{L+1}((L+1)φ)/(sin φ sin^L(Lφ)) runs from its largest value (L+1)^{L+1}/L^L to 0, and
 * has density sin²φ sin^{L−1}(Lφ)/(π sin^L((L+1)φ)) (Haagerup and Möller 2013; Forrester and Liu 2014). Its moments are
 * E σ^{2k} = C((L+1)k, k)/(Lk + 1). Throws on a depth that is not an integer from 1 to 100.
 */
export function fussCatalanSpectrum(depth: number, n: number): number[] {
  if (!(Number.isInteger(depth) && depth >= 1 && depth <= 100)) {
    throw new Error(`unknown depth: ${depth} (an integer from 1 to 100)`);
  }
  const end = Math.PI / (depth + 1);
  const rule = legendreRule(64);
  // The mass of σ² above σ²(φ): density times σ² times −d ln σ²/dφ, where most powers cancel.
  const density = (phi: number): number => {
    const [a, b, c] = [phi, depth * phi, (depth + 1) * phi];
    const slope = 1 / Math.tan(a) + depth ** 2 / Math.tan(b) - (depth + 1) ** 2 / Math.tan(c);
    return ((Math.sin(a) * Math.sin(c)) / (Math.PI * Math.sin(b))) * slope;
  };
  const above = (phi: number): number =>
    phi * expectation((x) => density((phi * (x + 1)) / 2), rule);
  const logSingular = (phi: number): number =>
    ((depth + 1) * Math.log(Math.sin((depth + 1) * phi)) -
      Math.log(Math.sin(phi)) -
      depth * Math.log(Math.sin(depth * phi))) /
    2;
  return Array.from({ length: n }, (_, i) => {
    const share = (i + 0.5) / n;
    const edges = { low: 0, high: end, tolerance: 1e-14 };
    return logSingular(findRoot((phi) => (phi === 0 ? 0 : above(phi)) - share, edges));
  });
}
