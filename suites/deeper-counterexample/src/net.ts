import { type CounterexampleDeclaration, regularisers } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';

export const WIDTH = 32;
export const BATCH = 32;

/**
 * A bias-free residual ReLU MLP of a depth, by SGD with weight decay, stopped when it is best. With γ fixed at 1
 * learning rate, init scale and branch multiplier cover every richness; the multiplier makes all depth rules one under
 * SGD (see `one-family.test.ts` of `deeper`).
 */
export const netOf: CounterexampleDeclaration['netOf'] = (depth) => ({
  shape: {
    model: {
      ...{ kind: 'residual-mlp', width: WIDTH, depth, blockLayers: 1, activation: 'relu' },
      ...{ bias: false, centred: false, norm: { kind: 'none' } },
    },
    optimizer: { kind: 'sgd', decay: true },
    batch: BATCH,
  } satisfies Shape,
  parameterization: { name: 'mup', baseWidth: WIDTH, depth: { rule: 'sqrt', baseDepth: 1 } },
  schedule: { kind: 'stopped' },
  knobs: { richness: 1 },
  space: [
    { name: 'learningRate', base: 1, min: -7, max: -1, limits: [-18, 6], stride: 2 },
    { name: 'initScale', base: 1, min: -2, max: 0, limits: [-8, 4], stride: 2 },
    { name: 'branchMultiplier', base: 1, min: -1, max: 1, limits: [-8, 7], stride: 2 },
    ...regularisers,
  ],
});
