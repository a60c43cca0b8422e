import type { Place } from '../parameter.ts';

/** How a stack of residual blocks is made to learn alike at every depth, or not. */
export type DepthRule = 'none' | 'sqrt' | 'inverse' | 'completep';

/** How a tensor of a residual stack scales with the depth ratio `r = depth/baseDepth`, as exponents of `r`. */
export interface DepthExponents {
  /** α: the branch multiplier is `r^{−α}`, held by the tensors of a branch's end. */
  readonly alpha: number;
  /** The rate of optimizers whose step is proportional to the gradient is `η r^{−c}`. */
  readonly sgd: number;
  /** The rate of optimizers whose step does not depend on the gradient's scale is `η r^{−c}`. */
  readonly adam: number;
  /** The tensor's gradient, and ε with it, shrinks as `r^{−e}`. */
  readonly gradient: number;
}

/** Exponents of tensors that a rule leaves alone, and of all that do not repeat with depth. */
export const flat: DepthExponents = { alpha: 0, sgd: 0, adam: 0, gradient: 0 };

/**
 * Rates at which r blocks together move the stream as much as one does, for a branch multiplier `r^{−α}`: the gradient
 * of a branch's tensors carries `r^{−α}`, what their change adds to the stream another, and r such changes agree in
 * direction. So `r^{2α−1}` with SGD and `r^{α−1}` with Adam, weights, biases and norm gains alike (2505.01618, Table 1).
 *
 * A norm that stands on the stream itself, as in post-norm nets, which those papers leave out, has a gradient of order
 * 1 and moves the stream by its own change: `r^{−1}` with both.
 */
function maximal(alpha: number): Readonly<Record<Place, DepthExponents>> {
  const branch = { alpha: 0, sgd: 1 - 2 * alpha, adam: 1 - alpha, gradient: alpha };
  return {
    branch,
    'branch-end': { ...branch, alpha },
    stream: { alpha: 0, sgd: 1, adam: 1, gradient: 0 },
  };
}

/**
 * Every depth rule by name.
 *
 * - `none`: branches as they are and rates without depth, as practised.
 * - `sqrt`: branch multiplier `r^{−1/2}`, SGD rate 1, Adam rate `r^{−1/2}` (2309.16620, 2310.02244).
 * - `inverse`: branch multiplier `r^{−1}` and nothing else: with SGD the branches then learn slower as depth grows.
 * - `completep`: branch multiplier `r^{−1}` with SGD rate `r`, Adam rate 1, ε `r^{−1}` (2505.01618, α = 1); over the
 *   width it wants μP.
 */
export const depthTables: Readonly<Record<DepthRule, Readonly<Record<Place, DepthExponents>>>> = {
  none: { branch: flat, 'branch-end': flat, stream: flat },
  sqrt: maximal(1 / 2),
  inverse: { branch: flat, 'branch-end': { ...flat, alpha: 1 }, stream: flat },
  completep: maximal(1),
};
