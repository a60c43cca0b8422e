import type { Lane, Shape } from '@hyperlaw/core';
import type { TaskLaw, TeacherLaw } from '@hyperlaw/tasks';

const INPUT_DIM = 8;

/** Examples of a batch, and of the fixed training set. */
export const BATCH = 32;

/** The task, with fresh examples at every step. */
export const teacher: TeacherLaw = {
  kind: 'teacher',
  inputDim: INPUT_DIM,
  ...{ outputDim: 1, width: 16, depth: 2, activation: 'relu', noise: 0, instance: 0 },
};

/** As many of its examples as a batch has, so that every step sees all. */
export const fixedExamples: TaskLaw = { kind: 'finite', of: teacher, samples: BATCH };

/** σ_w² of every layer. */
export const WEIGHT_VARIANCE = 2;

/** Bias-free ReLU nets of L weight layers, homogeneous of degree L, centred so that f = 0 at the start. */
export function shapeOf({
  layers,
  width,
}: {
  readonly layers: number;
  readonly width: number;
}): Shape {
  return {
    model: {
      kind: 'mlp',
      width,
      depth: layers - 1,
      activation: 'relu',
      bias: false,
      centred: true,
    },
    optimizer: { kind: 'sgd' },
    batch: BATCH,
  };
}

/**
 * A lane in μP of base width 1, in which γ = 1 is the border of lazy and rich at every width. With the input rate over
 * the input dimension, the tangent kernel at the start is that of the neural tangent parameterization over σ_w²γ².
 */
export function laneOf({
  richness,
  learningRate,
  seed,
}: {
  readonly richness: number;
  readonly learningRate: number;
  readonly seed: number;
}): Lane {
  return {
    parameterization: { name: 'mup', baseWidth: 1 },
    schedule: { kind: 'constant' },
    knobs: {
      ...{ richness, learningRate, initScale: Math.sqrt(WEIGHT_VARIANCE) },
      'learningRate/input': 1 / INPUT_DIM,
    },
    seed,
  };
}
