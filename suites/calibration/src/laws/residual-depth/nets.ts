import type { DepthRule, Lane, OptimizerKind, ResidualMlpShape, Shape } from '@hyperlaw/core';
import type { StepLaw } from '@hyperlaw/theory';

/** E‖f(h)‖²/‖h‖² of a branch at initialization: ReLU between weights of variance 2/n and 1/n. */
export const GAIN = 1;

/** Two-layer blocks of ReLU without biases. */
export function shapeOf(options: {
  readonly width: number;
  readonly depth: number;
  readonly optimizer: StepLaw;
  readonly batch: number;
  /** Whether branches see a normalised stream, and the readout too. */
  readonly normed: boolean;
  /** Whether outputs at initialization are taken away, so that the error is the target at every depth. */
  readonly centred?: boolean;
}): Shape {
  const { width, depth, optimizer, batch, normed, centred = false } = options;
  const model: ResidualMlpShape = {
    kind: 'residual-mlp',
    ...{ width, depth, blockLayers: 2, activation: 'relu', bias: false, centred },
    norm: normed ? { kind: 'rms', placement: 'pre', gains: false } : { kind: 'none' },
  };
  const kinds: Readonly<Record<StepLaw, OptimizerKind>> = { sgd: 'sgd', adam: 'adam' };
  return { model, optimizer: { kind: kinds[optimizer] }, batch };
}

/** A lane whose branches have the gain above, with a depth rule. */
export function laneOf(options: {
  readonly rule: DepthRule;
  readonly baseDepth: number;
  readonly learningRate: number;
  readonly seed: number;
  /** The branch multiplier at the base depth. */
  readonly branchMultiplier?: number;
  /** Whether the input layer stays as it is. */
  readonly blocksAlone?: boolean;
}): Lane {
  const {
    rule,
    baseDepth,
    learningRate,
    seed,
    branchMultiplier = 1,
    blocksAlone = false,
  } = options;
  return {
    parameterization: { name: 'sp', depth: { rule, baseDepth } },
    schedule: { kind: 'constant' },
    knobs: {
      learningRate,
      branchMultiplier,
      'initScale/branch': Math.SQRT2,
      ...(blocksAlone && { 'learningRate/input': 0 }),
    },
    seed,
  };
}

/** What rules are called, by what they do to branches. */
export const titles: Readonly<Record<DepthRule, string>> = {
  none: 'no multiplier',
  sqrt: '1/√L',
  inverse: '1/L, rates as they were',
  completep: '1/L',
};

/** Power α of the branch multiplier L^{−α}. */
export const exponents: Readonly<Record<DepthRule, number>> = {
  none: 0,
  sqrt: 1 / 2,
  inverse: 1,
  completep: 1,
};
