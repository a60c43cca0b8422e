import { type CounterexampleDeclaration, regularisers } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';

/** Hidden layers, as in `wider`. */
export const DEPTH = 2;
export const BATCH = 32;

/** The width at which μP is the standard parameterization. */
export const BASE_WIDTH = 32;

/**
 * A bias-free ReLU MLP of a width, by SGD with weight decay, stopped when it is best. With γ fixed at 1 learning rate and
 * init scale cover every richness, since the net is homogeneous (see `homogeneity.test.ts` of `wider`).
 */
export const netOf: CounterexampleDeclaration['netOf'] = (width) => ({
  shape: {
    model: {
      ...{ kind: 'mlp', width, depth: DEPTH, activation: 'relu' },
      ...{ bias: false, centred: false },
    },
    optimizer: { kind: 'sgd', decay: true },
    batch: BATCH,
  } satisfies Shape,
  parameterization: { name: 'mup', baseWidth: BASE_WIDTH },
  schedule: { kind: 'stopped' },
  knobs: { richness: 1 },
  space: [
    { name: 'learningRate', base: 1, min: -6, max: -2, limits: [-16, 6], stride: 2 },
    { name: 'initScale', base: 1, min: -2, max: 0, limits: [-7, 3], stride: 2 },
    ...regularisers,
  ],
});
