import type { Shape, TransformerShape } from '@hyperlaw/core';
import type { Task, TaskLaw } from '@hyperlaw/tasks';

/** Optimizers that the benchmark trains with. */
export const optimizers = ['sgd', 'adam'] as const;
export type BenchOptimizer = (typeof optimizers)[number];

/** Models that it trains. Another one is an entry of `benchModels`, and a function in `peers/torch_models.py` and `jax_models.py`. */
export const models = ['mlp', 'transformer', 'moe'] as const;
export type BenchModel = (typeof models)[number];

/** What differs between the cases of the benchmark. */
export interface Case {
  readonly model: BenchModel;
  readonly optimizer: BenchOptimizer;
  readonly width: number;
}

interface BenchModelLaw {
  readonly task: TaskLaw;
  /** Widths that are measured unless others are asked for. */
  readonly widths: readonly number[];
  /** Examples a step. */
  readonly batch: number;
  readonly model: (width: number) => Shape['model'];
  /** Rates at which no width of the benchmark diverges; lanes differ in them as they do in a sweep. */
  readonly peakRate: Readonly<Record<BenchOptimizer, number>>;
}

/** Tokens of a window, and heads of the transformer. */
const CONTEXT = 32;
const HEADS = 4;

const transformer = (width: number): TransformerShape => ({
  ...{ kind: 'transformer', width, depth: 2, heads: HEADS, headSize: width / HEADS },
  ...{ context: CONTEXT, positions: 'learned', readout: 'untied', feedForward: 'plain' },
  ...{ expansion: 4, activation: 'relu', bias: false, queryKeyNorm: false },
  ...{ norm: { kind: 'rms', placement: 'pre', gains: true }, logitScale: 'sqrt' },
  ...{ targets: 'every', centred: false },
});

const text: Omit<BenchModelLaw, 'model'> = {
  task: {
    ...{ kind: 'typescript-bytes', context: CONTEXT, codeDim: 1, vocabulary: 64, instance: 0 },
  },
  widths: [32, 64, 128, 256],
  batch: 8,
  peakRate: { sgd: 0.05, adam: 0.001 },
};

export const benchModels: Readonly<Record<BenchModel, BenchModelLaw>> = {
  mlp: {
    // A noisy teacher: its loss stays away from zero, so no peer is slowed down by denormal gradients.
    task: {
      ...{ kind: 'teacher', inputDim: 32, outputDim: 1, width: 16, depth: 1, activation: 'tanh' },
      ...{ noise: 0.3, instance: 0 },
    },
    widths: [32, 64, 128, 256, 512],
    batch: 64,
    model: (width) => ({
      ...{ kind: 'mlp', width, depth: 3, activation: 'relu', bias: false, centred: false },
    }),
    peakRate: { sgd: 0.02, adam: 0.001 },
  },
  transformer: { ...text, model: transformer },
  moe: {
    ...text,
    // No capacity: every expert computes every row, which is the same training everywhere.
    model: (width) => ({
      ...transformer(width),
      experts: {
        ...{ count: 8, active: 2, size: { kind: 'scaled', expansion: 2 } },
        ...{ gate: 'softmax', normalised: true },
      },
    }),
  },
};

/** The tasks that models are trained on. */
export type BenchTasks = Readonly<Record<BenchModel, Task>>;

/**
 * The shape of a case: an MLP of 3 hidden layers, ReLU, no biases, batch 64; or a transformer of 2 layers with 4 heads, RMS
 * norms, and 8 windows of 32 bytes a step, each byte predicting the next; or that transformer with 8 experts of twice the
 * width, 2 of them active, in place of every feed-forward block.
 */
export function shapeOf({ model, optimizer, width }: Case): Shape {
  const { batch, model: of } = benchModels[model];
  return { model: of(width), optimizer: { kind: optimizer }, batch };
}
