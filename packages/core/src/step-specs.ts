import type { Model } from './model.ts';
import type { Optimizer } from './optimizers/update-rule.ts';
import { penaltyNames } from './penalties.ts';
import type { Shape } from './shape.ts';
import { initialName, multiplierName, radiusName, scalarName } from './tensor-names.ts';
import type { Specs, TensorSpec } from './tensors.ts';
import { float32 } from './tensors.ts';

/** What a training step takes beside its batch. */
export interface StepSpecs {
  readonly state: Specs;
  readonly constants: Specs;
  readonly perStep: Specs;
}

/** Names and shapes of the tensors that a training step of some lanes takes: scalars are `[lane, 1, 1]`. */
export function stepSpecs({
  shape,
  model,
  optimizer,
  lanes,
}: {
  readonly shape: Shape;
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly lanes: number;
}): StepSpecs {
  const scalar = float32(lanes, 1, 1);
  const state: Record<string, TensorSpec> = {};
  const constants: Record<string, TensorSpec> = {};
  const perStep: Record<string, TensorSpec> = {};
  const { clip = false } = shape.optimizer;
  if (clip) constants.clip = scalar;
  for (const knob of model.knobs ?? []) constants[knob] = scalar;
  for (const parameter of model.parameters) {
    const { name } = parameter;
    const rule = optimizer(parameter);
    const tensor = float32(lanes, ...parameter.shape);
    state[name] = tensor;
    for (const slot of rule.slots) state[scalarName(name, slot)] = tensor;
    if (shape.model.centred) constants[initialName(name)] = tensor;
    if (parameter.tied) constants[multiplierName(name)] = scalar;
    if (parameter.direction === 'sphere') constants[radiusName(name)] = scalar;
    for (const key of rule.constants) constants[key] = scalar;
    for (const key of penaltyNames(shape.optimizer)) constants[scalarName(name, key)] = scalar;
    if (clip) constants[scalarName(name, 'clip')] = scalar;
    for (const key of Object.keys(rule.perStep)) perStep[scalarName(name, key)] = scalar;
  }
  for (const { name, features } of model.masks)
    perStep[name] = float32(lanes, shape.batch, features);
  return { state, constants, perStep };
}
