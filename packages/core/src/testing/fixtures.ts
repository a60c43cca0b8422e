import * as tf from '@tensorflow/tfjs';
import type { Lane } from '../lane-plan.ts';
import type {
  ConvNetShape,
  MlpShape,
  OptimizerShape,
  ResidualMlpShape,
  Shape,
  TransformerShape,
} from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { normals, uniforms } from './normals.ts';

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

/** A small convolutional net's shape, for images of 6 × 6 pixels and two channels, changed as asked. */
export function smallConvShape({
  optimizer = { kind: 'sgd' },
  batch = 8,
  ...model
}: {
  readonly optimizer?: OptimizerShape;
  readonly batch?: number;
} & Partial<ConvNetShape> = {}): Shape & { readonly model: ConvNetShape } {
  return {
    model: {
      ...{ kind: 'conv-net', width: 8, depth: 2, side: 6, channels: 2, pools: 1 },
      ...{ activation: 'tanh', bias: false, centred: false },
      ...model,
    },
    optimizer,
    batch,
  };
}

/** A small transformer's shape, changed as asked. */
export function smallTransformerShape({
  optimizer = { kind: 'sgd' },
  batch = 4,
  ...model
}: {
  readonly optimizer?: OptimizerShape;
  readonly batch?: number;
} & Partial<TransformerShape> = {}): Shape & { readonly model: TransformerShape } {
  return {
    model: {
      ...{ kind: 'transformer', width: 8, depth: 2, heads: 2, headSize: 4, context: 6 },
      ...{ positions: 'rotary', readout: 'untied', feedForward: 'plain', expansion: 2 },
      ...{ activation: 'relu', bias: false, norm: { kind: 'rms', placement: 'pre', gains: true } },
      ...{ queryKeyNorm: false, logitScale: 'sqrt', targets: 'every', centred: false },
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

/**
 * Batches of a text in which every token follows from the two before it, shared by all lanes, a pure function of the
 * step; x int32 `[1, batch, context]`, y `[1, batch · context]`.
 */
export function tokenBatch({
  vocabulary,
  context,
  batch = 4,
  targets = 'every',
}: {
  readonly vocabulary: number;
  readonly context: number;
  readonly batch?: number;
  readonly targets?: 'every' | 'last';
}): (step: number) => Batch {
  return (step) => {
    const next = uniforms(`tokens ${step}`);
    const [x, y]: [number[], number[]] = [[], []];
    for (let b = 0; b < batch; b++) {
      const text = [0, 0].map(() => Math.floor(next() * vocabulary));
      for (let t = 2; t <= context; t++) {
        text.push(((text[t - 1] ?? 0) + 2 * (text[t - 2] ?? 0) + 1) % vocabulary);
      }
      x.push(...text.slice(0, context));
      y.push(...text.slice(targets === 'every' ? 1 : context));
    }
    const count = targets === 'every' ? context : 1;
    return {
      x: tf.tensor(x, [1, batch, context], 'int32'),
      y: tf.tensor(y, [1, batch * count], 'int32'),
    };
  };
}
