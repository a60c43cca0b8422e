import type { Model } from './model.ts';
import { modelOf } from './models/model-of.ts';
import { optimizerOf } from './optimizers/optimizer-of.ts';
import type { Output, Shape } from './shape.ts';
import { outputDimOf } from './shape.ts';
import { sizeOf } from './tensors.ts';

/** The sizes that a task gives a model. */
interface Sides {
  readonly inputDim: number;
  readonly output: Output;
}

/** Number of trained numbers of one lane. */
export function parameterCount(shape: Shape, sides: Sides): number {
  return sized(shape, sides).parameters.reduce(
    (total, { shape: sizes }) => total + sizeOf(sizes),
    0,
  );
}

/**
 * Floating-point operations of one optimizer step of one lane, matrix products only, two an entry and term: forward and
 * backward of the model; a second forward pass where centred; Muon's orthogonalisation, 5 times three products.
 */
export function flopsPerStep(shape: Shape, sides: Sides): number {
  const optimizer = optimizerOf(shape.optimizer);
  const { parameters, flops } = sized(shape, sides);
  const passes = flops.forward * (shape.model.centred ? 2 : 1) + flops.backward;
  let total = shape.batch * passes;
  for (const parameter of parameters) {
    if (optimizer(parameter).family !== 'muon') continue;
    const [rows, columns] = parameter.shape;
    const small = Math.min(rows, columns);
    const large = Math.max(rows, columns);
    total += 5 * (2 * small * small * large * 2 + 2 * small ** 3);
  }
  return total;
}

/**
 * Bytes that one lane touches in a step, float32: weights, gradients and optimizer slots, the initial weights where
 * centred, normalised weights and their gradients, and the pre-activations, features and their gradients of every layer. What decides how many lanes fit a
 * cache.
 */
export function workingSetBytes(shape: Shape, sides: Sides): number {
  const { centred } = shape.model;
  const model = sized(shape, sides);
  const optimizer = optimizerOf(shape.optimizer);
  const tensors = model.parameters.reduce(
    (total, parameter) =>
      total +
      sizeOf(parameter.shape) *
        (2 + optimizer(parameter).slots.length + (centred ? 1 : 0) + (parameter.direction ? 2 : 0)),
    0,
  );
  return 4 * (tensors + shape.batch * model.activations);
}

function sized(shape: Shape, { inputDim, output }: Sides): Model {
  return modelOf(shape.model, { inputDim, outputDim: outputDimOf(output) });
}
