import type { Knobs, ResidualMlpShape } from '@hyperlaw/core';
import { meanInterval } from '@hyperlaw/report';
import type { SyntheticLaw } from '@hyperlaw/tasks';

export const normKinds = ['layer', 'rms'] as const;
export type NormKind = (typeof normKinds)[number];
export const normTitles: Readonly<Record<NormKind, string>> = {
  layer: 'layer norm',
  rms: 'RMS norm',
};

export const WIDTH = 32;

/**
 * Core's residual MLP. With norms on `both` sides of its one-layer branches, `h + N(φ(N(h)) W)`, every W is followed by
 * a norm; with `pre`, all that writes to the stream is, as a whole.
 */
export const residualNet = (
  kind: NormKind,
  {
    placement = 'both',
    depth = 2,
    activation = 'relu',
  }: {
    readonly placement?: 'both' | 'pre';
    readonly depth?: number;
    readonly activation?: 'relu' | 'tanh';
  } = {},
): ResidualMlpShape => ({
  ...{ kind: 'residual-mlp', width: WIDTH, depth, blockLayers: 1, activation, bias: false },
  norm: { kind, placement, gains: true },
  centred: false,
});

/** Something to learn. */
export const teacher: SyntheticLaw = {
  ...{ kind: 'teacher', inputDim: 8, outputDim: 1, width: 16, depth: 2, activation: 'tanh' },
  ...{ noise: 0, instance: 12 },
};

/**
 * Nothing to learn: classes that are one cloud. With two the noise is symmetric, as the law for signs wants it; with many it comes
 * along many directions of a layer's outputs, and its size hardly depends on the weights.
 */
export const coinFlips = (classes: 2 | 32): SyntheticLaw => ({
  ...{ kind: 'gaussian-mixture', inputDim: 32, classes, separation: 0, capacity: 0 },
  instance: 12,
});

/** Knobs with which only the hidden weights train. */
export const hiddenOnly = (kind: NormKind): Knobs => ({
  'learningRate/input': 0,
  'learningRate/output': 0,
  'learningRate/norm-gain': 0,
  ...(kind === 'layer' && { 'learningRate/norm-bias': 0 }),
});

/** Mean over nets with its interval, as a point of a chart has them. */
export function pointOf(values: readonly number[]) {
  const { estimate, interval } = meanInterval(values);
  return { y: estimate, low: interval[0], high: interval[1] };
}
