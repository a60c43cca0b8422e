import type { Model } from './model.ts';
import { modelOf } from './models/model-of.ts';
import { productFlops } from './models/product-flops.ts';
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
 * backward of the model, with every expert that is computed (see `ExpertsShape.capacity`), whether active or not; a second
 * forward pass where centred; Muon's orthogonalisation, 5 times three products.
 */
export function flopsPerStep(shape: Shape, sides: Sides): number {
  const optimizer = optimizerOf(shape.optimizer);
  const { parameters, flops } = sized(shape, sides);
  const passes = flops.forward * (shape.model.centred ? 2 : 1) + flops.backward;
  let total = shape.batch * passes;
  for (const parameter of parameters) {
    if (optimizer(parameter).family !== 'muon') continue;
    const { mixture } = parameter;
    const matrices = mixture?.stacked ? mixture.count : 1;
    const [rows, columns] = mixture?.stacked
      ? [parameter.fanIn, parameter.fanOut]
      : parameter.shape;
    const small = Math.min(rows, columns);
    const large = Math.max(rows, columns);
    total += matrices * 5 * (2 * small * small * large * 2 + 2 * small ** 3);
  }
  return total;
}

/** Number of trained numbers of one lane that one example is computed with: of experts the active ones alone. */
export function activeParameterCount(shape: Shape, sides: Sides): number {
  return sized(shape, sides).parameters.reduce((total, { shape: sizes, mixture }) => {
    const share = mixture?.stacked ? mixture.active / mixture.count : 1;
    return total + sizeOf(sizes) * share;
  }, 0);
}

/** As `flopsPerStep`, of experts the active ones alone: what a step costs where no product is computed in vain. */
export function activeFlopsPerStep(shape: Shape, sides: Sides): number {
  const { parameters, reads } = sized(shape, sides);
  const rows = shape.batch * (reads.kind === 'tokens' ? reads.context : 1);
  const costs = (experts: Model['parameters']) => {
    const { forward, backward } = productFlops(experts, { rows });
    return forward * (shape.model.centred ? 2 : 1) + backward;
  };
  const stacked = parameters.filter(({ mixture }) => mixture?.stacked !== undefined);
  const active = stacked.map((each) =>
    each.mixture ? { ...each, mixture: { ...each.mixture, computed: each.mixture.active } } : each,
  );
  return flopsPerStep(shape, sides) - costs(stacked) + costs(active);
}

/**
 * Bytes of one lane that grow with its parameters, float32: weights, gradients and optimizer slots, the initial weights
 * where centred, and normalised weights with their gradients. What the next step reads again.
 */
export function stateBytes(shape: Shape, sides: Sides): number {
  const { centred } = shape.model;
  const optimizer = optimizerOf(shape.optimizer);
  return sized(shape, sides).parameters.reduce((total, parameter) => {
    const { slots } = optimizer(parameter);
    const copies = 2 + slots.length + (centred ? 1 : 0) + (parameter.direction ? 2 : 0);
    return total + 4 * copies * sizeOf(parameter.shape);
  }, 0);
}

/**
 * Bytes that one lane touches in a step, float32: those of its state, and the pre-activations, features and their
 * gradients of every layer.
 */
export function workingSetBytes(shape: Shape, sides: Sides): number {
  return stateBytes(shape, sides) + 4 * shape.batch * sized(shape, sides).activations;
}

/** Bytes of the largest tensor that one lane has, float32: a weight, or at most all of a batch's activations. */
export function largestTensorBytes(shape: Shape, sides: Sides): number {
  const { parameters, activations } = sized(shape, sides);
  const weights = parameters.map(({ shape: sizes }) => sizeOf(sizes));
  return 4 * Math.max(shape.batch * activations, ...weights);
}

function sized(shape: Shape, { inputDim, output }: Sides): Model {
  return modelOf(shape.model, { inputDim, outputDim: outputDimOf(output) });
}
