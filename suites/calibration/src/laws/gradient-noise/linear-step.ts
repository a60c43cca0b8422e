import type { Model, TrainingStep } from '@hyperlaw/core';
import { mlp, trainingStep } from '@hyperlaw/core';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Names of the only tensor that linear regression trains, `[lane, inputDim, 1]`, and of its learning rate. */
export const WEIGHT = 'weight';
export const RATE = `${WEIGHT}:rate`;

/** What is read of a shape where a model is given: it is not centred. */
const shape = {
  kind: 'mlp',
  width: 1,
  depth: 1,
  activation: 'linear',
  bias: false,
  centred: false,
} as const;

/** f(x) = ⟨w, x⟩ as one of core's models. */
function linearModel(inputDim: number): Model {
  const scales = { fanIn: false, fanOut: false };
  return {
    ...mlp(shape, { inputDim, outputDim: 1 }),
    parameters: [
      { name: WEIGHT, role: 'output', shape: [inputDim, 1], fanIn: inputDim, fanOut: 1, scales },
    ],
    forward: (parameters, x) => tf.matMul(x, parameters[WEIGHT] as Tensor),
  };
}

/**
 * Core's training step by SGD on the mean squared error, with a linear model. Its gradients are twice those of
 * ½ (⟨w, x⟩ − y)²: a learning rate η of the theory is η/2 here.
 */
export function linearStep(options: {
  readonly inputDim: number;
  readonly batch: number;
  readonly lanes: number;
}): TrainingStep {
  const { inputDim, batch, lanes } = options;
  return trainingStep(
    {
      model: shape,
      optimizer: { kind: 'sgd' },
      batch,
    },
    {
      inputDim,
      output: { kind: 'regression', dim: 1 },
      lanes,
      model: linearModel(inputDim),
    },
  );
}
