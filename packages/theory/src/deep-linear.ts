import { legendreRule, type Rule } from './quadrature.ts';
import { findRoot } from './roots.ts';

/**
 * One mode of a deep linear net on whitened inputs, its layers balanced and aligned: all of them pass it on with the
 * same factor, and its strength a is their product.
 *
 * Time is t = learning rate × steps for the loss ½ ‖y − ŷ‖² (summed over outputs, averaged over examples whose second
 * moments are the identity); twice that for ‖y − ŷ‖².
 */
export interface DeepLinearMode {
  /** Number L of weight matrices, 1 or more. */
  readonly depth: number;
  /** Singular value s > 0 of the map that fits the data. */
  readonly singularValue: number;
  /** Strength a(0) > 0, below or above s. */
  readonly initial: number;
}

/** Nodes of the quadrature below; its integrand has its poles at the other L-th roots of unity, 2π/L away. */
const ORDER = 48;

/**
 * The time at which a mode stands at x = ln(a/|s − a|), which grows with time on either side of s.
 *
 * With v = (a/s)^{1/L} the equation ȧ = L a^{2−2/L}(s − a) has dt = s^{2/L−2} [v^{1−L} + v/(1 − v^L)] dv. The last term is
 * −(1/L) d ln(1 − v^L) and a remainder (v − v^{L−1})/(1 − v^L), smooth across v = 1, that vanishes for L = 2.
 */
function clockOf({ depth, singularValue, initial }: DeepLinearMode, rule: Rule) {
  const below = initial < singularValue;
  const logShare = (x: number): number => (below ? -softplus(-x) : -Math.log(-Math.expm1(-x)));
  const logGap = (x: number): number => (below ? -softplus(x) : -x + logShare(x));
  const primitive = (y: number): number =>
    depth === 2 ? -y : Math.exp((2 - depth) * y) / (depth - 2);
  const remainder = (v: number): number => {
    const y = Math.log(v);
    return y === 0
      ? (depth - 2) / depth
      : (v * Math.expm1((depth - 2) * y)) / Math.expm1(depth * y);
  };
  const start = Math.log(initial / Math.abs(singularValue - initial));
  const y0 = logShare(start) / depth;
  const time = (x: number): number => {
    const y = logShare(x) / depth;
    const [v0, v] = [Math.exp(y0), Math.exp(y)];
    const smooth =
      depth === 2
        ? 0
        : rule.nodes.reduce(
            (sum, node, i) =>
              sum + (rule.weights[i] as number) * remainder(v0 + ((v - v0) * (node + 1)) / 2),
            0,
          );
    return (
      singularValue ** (2 / depth - 2) *
      (primitive(y0) - primitive(y) + (v - v0) * smooth - (logGap(x) - logGap(start)) / depth)
    );
  };
  return { start, time, logShare, logGap };
}

/** ln(1 + eˣ) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function check({ depth, singularValue, initial }: DeepLinearMode): void {
  if (
    !(depth >= 1 && singularValue > 0 && initial > 0 && Number.isFinite(singularValue + initial))
  ) {
    throw new Error(
      `unknown mode: depth ${depth}, singular value ${singularValue}, initial ${initial} (depth 1 or more, others positive)`,
    );
  }
}

/** Where a mode stands. */
export interface ModeState {
  /** a. */
  readonly strength: number;
  /** s − a, to full relative precision however small. */
  readonly gap: number;
}

/**
 * The exact course of a mode, `[time]`: ȧ = L a^{2−2/L}(s − a) (1312.6120, the deep case).
 *
 * For L = 1 it is s + (a₀ − s) e^{−t}, for L = 2 s e^{2st}/(e^{2st} − 1 + s/a₀); for other L the exact t(a) is inverted.
 * Throws on a mode that is not positive and on negative times.
 */
export function modeCourse(mode: DeepLinearMode, times: readonly number[]): ModeState[] {
  check(mode);
  const { singularValue, initial } = mode;
  if (initial === singularValue) return times.map(() => ({ strength: initial, gap: 0 }));
  const { start, time, logShare, logGap } = clockOf(mode, legendreRule(ORDER));
  const sign = initial < singularValue ? 1 : -1;
  return times.map((t) => {
    if (!(t >= 0 && t < Number.POSITIVE_INFINITY)) {
      throw new Error(`unknown time: ${t} (0 or more)`);
    }
    let high = start + 1;
    while (time(high) < t) high += high - start;
    const x = t === 0 ? start : findRoot((at) => time(at) - t, { low: start, high });
    return {
      strength: singularValue * Math.exp(logShare(x)),
      gap: sign * singularValue * Math.exp(logGap(x)),
    };
  });
}

/**
 * Time at which a mode reaches a strength between its first one and s (1312.6120).
 *
 * Throws on a strength that the mode never has.
 */
export function timeToStrength(mode: DeepLinearMode, strength: number): number {
  check(mode);
  const { singularValue, initial } = mode;
  if (strength === initial) return 0;
  const passed = (strength - initial) / (singularValue - initial);
  if (!(passed >= 0 && passed < 1)) {
    throw new Error(`never reached: ${strength} (from ${initial} to below ${singularValue})`);
  }
  const { time } = clockOf(mode, legendreRule(ORDER));
  return time(Math.log(strength / Math.abs(singularValue - strength)));
}
