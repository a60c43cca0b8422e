/**
 * A stream of L blocks, h ← h + L^{−α} f(h), whose branches have Gaussian weights and a gain
 * g = E‖f(h)‖²/‖h‖² at initialization that is the same at every depth (`branchGain`).
 */
export interface ResidualStream {
  /** The number of blocks, L. */
  readonly depth: number;
  /** α of the branch multiplier L^{−α}; 0 for none. */
  readonly exponent: number;
  /** g. */
  readonly gain: number;
}

/** A branch with ReLU, W and V Gaussian without biases; n is the width of the stream. */
export type ResidualBranch =
  | {
      /**
       * V φ(W h), W `[m, n]` of variance `inner`/n, V `[n, m]` of variance `outer`/m. Exact at every width, since
       * E V = 0 parts the branch from the stream.
       */
      readonly kind: 'two-layer';
      readonly inner: number;
      readonly outer: number;
    }
  | {
      /** W φ(h), W of variance `inner`/n, for a stream that begins Gaussian. Exact as n → ∞. */
      readonly kind: 'pre-activation';
      readonly inner: number;
    }
  | {
      /**
       * φ(W h) less its mean over the n units, W of variance `inner`/n (the block of 2310.02244). Exact at every width.
       * Without the mean taken out, branches add up along one direction and the stream grows as e^{c √L} at α = ½.
       */
      readonly kind: 'centred';
      readonly inner: number;
      readonly width: number;
    };

/**
 * g = E‖f(h)‖²/‖h‖² of a branch at initialization: `inner · outer`/2 for two layers, `inner`/2 before the
 * activation, `inner` (1 − 1/n)(½ − 1/2π) centred, from E φ(Z)² = ½ and E φ(Z) = 1/√(2π).
 */
export function branchGain(branch: ResidualBranch): number {
  switch (branch.kind) {
    case 'two-layer':
      return (branch.inner * branch.outer) / 2;
    case 'pre-activation':
      return branch.inner / 2;
    case 'centred':
      return branch.inner * (1 - 1 / branch.width) * (1 / 2 - 1 / (2 * Math.PI));
  }
}

/**
 * E‖h_L‖²/‖h_0‖² = (1 + g L^{−2α})^L, the exact recursion of the branches above (2309.16620 and 2310.02244 for α = ½;
 * 2505.01618 for α = 1). Throws on a depth that is not a positive integer.
 */
export function streamGrowth({ depth, exponent, gain }: ResidualStream): number {
  if (!(Number.isInteger(depth) && depth > 0)) {
    throw new Error(`unknown depth: ${depth} (a positive integer)`);
  }
  return Math.exp(depth * Math.log1p(gain * depth ** (-2 * exponent)));
}

/** The limit of `streamGrowth` as L → ∞: 1 for α > ½, e^g at ½, `Infinity` below (as e^{g L^{1−2α}}; (1 + g)^L at 0). */
export function streamGrowthLimit({ exponent, gain }: Omit<ResidualStream, 'depth'>): number {
  if (exponent > 1 / 2 || gain === 0) return 1;
  return exponent === 1 / 2 ? Math.exp(gain) : Infinity;
}

/** How the size of a step of a weight answers to its gradient: in proportion (SGD) or not at all (Adam, sign descent). */
export type StepLaw = 'sgd' | 'adam';

/** Powers of L with which one step moves a net of L blocks, α ≥ ½, at first order in the rate. */
export interface DepthExponents {
  /** Of the change of one block's weights, and so, where the block has an inner layer, of its hidden features. */
  readonly block: number;
  /** Of the change of the stream at the last block. */
  readonly stream: number;
}

/**
 * Powers of L in what a step does, for rates ∝ L^r: gradients that reach a block are of order one for α ≥ ½, and those
 * of its weights carry its multiplier L^{−α}. So ΔW ∝ L^{r−α} under SGD, L^r under Adam; each block adds L^{−α} ΔW
 * to the stream, and L such changes agree in direction: L^{1−α} ΔW.
 *
 * The stream learns at a pace without L where r = 2α − 1 (SGD) or α − 1 (Adam), as `depthRateExponent` says; then a
 * block's inner features move as L^{α−1}: at α = 1 alone they keep moving (2505.01618). Throws for α < ½, where the
 * stream itself grows exponentially and nothing goes as a power.
 */
export function depthExponents(options: {
  readonly exponent: number;
  readonly rateExponent: number;
  readonly steps: StepLaw;
}): DepthExponents {
  const { exponent, rateExponent, steps } = options;
  if (!(exponent >= 1 / 2)) {
    throw new Error(`unknown branch exponent: ${exponent} (½ or more, for a power of depth)`);
  }
  const block = { sgd: rateExponent - exponent, adam: rateExponent }[steps];
  return { block, stream: 1 - exponent + block };
}

/** The power r of L in the rate at which the stream's updates do not depend on depth: 2α − 1 for SGD, α − 1 for Adam. */
export function depthRateExponent(exponent: number, steps: StepLaw): number {
  return 0 - depthExponents({ exponent, rateExponent: 0, steps }).stream;
}
