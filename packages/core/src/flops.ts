import { mlp } from './models/mlp.ts';
import { optimizerOf } from './optimizers/optimizer-of.ts';
import type { Parameter } from './parameter.ts';
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
  return parametersOf(shape, sides).reduce((total, { shape: sizes }) => total + sizeOf(sizes), 0);
}

/**
 * Floating-point operations of one optimizer step of one lane, matrix products only, two an entry and term: forward,
 * weight gradient, and input gradient of every layer but the first; a second forward pass where centred; Muon's
 * orthogonalisation, 5 times three products.
 */
export function flopsPerStep(shape: Shape, sides: Sides): number {
  const { centred } = shape.model;
  const optimizer = optimizerOf(shape.optimizer);
  let total = 0;
  for (const parameter of parametersOf(shape, sides)) {
    const { role, shape: sizes } = parameter;
    const [rows, columns] = sizes;
    if (role === 'input' || role === 'hidden' || role === 'output') {
      const product = 2 * shape.batch * rows * columns;
      total += product * ((role === 'input' ? 2 : 3) + (centred ? 1 : 0));
    }
    if (optimizer(parameter).family === 'muon') {
      const small = Math.min(rows, columns);
      const large = Math.max(rows, columns);
      total += 5 * (2 * small * small * large * 2 + 2 * small ** 3);
    }
  }
  return total;
}

/**
 * Bytes that one lane touches in a step, float32: weights, gradients and optimizer slots, the initial weights where
 * centred, and the pre-activations, features and their gradients of every layer. What decides how many lanes fit a
 * cache.
 */
export function workingSetBytes(shape: Shape, sides: Sides): number {
  const { centred, depth, width } = shape.model;
  const optimizer = optimizerOf(shape.optimizer);
  const tensors = parametersOf(shape, sides).reduce(
    (total, parameter) =>
      total + sizeOf(parameter.shape) * (2 + optimizer(parameter).slots.length + (centred ? 1 : 0)),
    0,
  );
  const activations = shape.batch * (3 * depth * width + 2 * outputDimOf(sides.output));
  return 4 * (tensors + activations);
}

function parametersOf(shape: Shape, { inputDim, output }: Sides): readonly Parameter[] {
  return mlp(shape.model, { inputDim, outputDim: outputDimOf(output) }).parameters;
}
