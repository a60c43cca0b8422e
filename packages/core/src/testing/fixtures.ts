import * as tf from '@tensorflow/tfjs';
import type { Lane } from '../lane-plan.ts';
import type { MlpShape, OptimizerShape, ResidualMlpShape, Shape } from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { normals } from './normals.ts';

/** A small network's shape, changed as asked. */
export function smallShape({
  optimizer = { kind: 'sgd' },
  batch = 8,
  ...model
}: {
  readonly optimizer?: OptimizerShape;
  readonly batch?: number;
} & Partial<MlpShape> = {}): Shape & { readonly model: MlpShape } {
  return {
    model: {
      kind: 'mlp',
      width: 16,
      depth: 2,
      activation: 'tanh',
      bias: false,
      centred: false,
      ...model,
    },
    optimizer,
    batch,
  };
}

/** A small residual network's shape, changed as asked. */
export function smallResidualShape({
  optimizer = { kind: 'sgd' },
  batch = 8,
  ...model
}: {
  readonly optimizer?: OptimizerShape;
  readonly batch?: number;
} & Partial<ResidualMlpShape> = {}): Shape & { readonly model: ResidualMlpShape } {
  return {
    model: {
      ...{ kind: 'residual-mlp', width: 16, depth: 3, blockLayers: 1, activation: 'tanh' },
      ...{ bias: false, centred: false, norm: { kind: 'none' } },
      ...model,
    },
    optimizer,
    batch,
  };
}

/** A lane in SP with a constant schedule, changed as asked. */
export function laneWith(lane: Partial<Lane>): Lane {
  return {
    parameterization: { name: 'sp' },
    schedule: { kind: 'constant' },
    knobs: { learningRate: 0.1 },
    seed: 1,
    ...lane,
  };
}

/** Batches of y = sin of the first input, shared by all lanes, a pure function of the step. */
export function sineBatch({
  inputDim,
  batch = 8,
}: {
  readonly inputDim: number;
  readonly batch?: number;
}): (step: number) => Batch {
  return (step) => {
    const x = normals(`batch ${step}`, batch * inputDim);
    const y = Float32Array.from({ length: batch }, (_, i) => Math.sin(2 * (x[i * inputDim] ?? 0)));
    return { x: tf.tensor(x, [1, batch, inputDim]), y: tf.tensor(y, [1, batch, 1]) };
  };
}
