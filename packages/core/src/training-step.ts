import type { Tensor } from '@tensorflow/tfjs';
import { clipGradients } from './clipping.ts';
import { onSphere } from './layers/unit-weight.ts';
import type { Loss } from './losses.ts';
import { lossOf } from './losses.ts';
import type { Model } from './model.ts';
import { modelOf } from './models/model-of.ts';
import { network } from './network.ts';
import { optimizerOf } from './optimizers/optimizer-of.ts';
import type { Optimizer } from './optimizers/update-rule.ts';
import { penalise, penaltyNames } from './penalties.ts';
import type { Output, Shape } from './shape.ts';
import { outputDimOf } from './shape.ts';
import type { StepSpecs } from './step-specs.ts';
import { stepSpecs } from './step-specs.ts';
import { radiusName, scalarName } from './tensor-names.ts';
import type { Tensors } from './tensors.ts';
import { pickTensors, tensorOf } from './tensors.ts';

/**
 * A batch: x `[lane or 1, batch, inputDim]`, y `[lane or 1, batch, dim]` or int32 `[lane or 1, batch]`; of tokens, int32
 * x `[lane or 1, batch, context]` and y `[lane or 1, batch · targets]`.
 */
export interface Batch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/**
 * One optimizer step of all lanes as a pure function of named tensors, with the specs of what it takes.
 *
 * State holds the weights by parameter name and the optimizer's slots as `<parameter>:<slot>`. The batch comes
 * beside the per-step tensors, because where it comes from (fed, or gathered from a table on the device) is the
 * training program's business. Dropout masks `<layer>.mask` `[lane, batch, width]` are per-step tensors.
 */
export interface TrainingStep extends StepSpecs {
  readonly shape: Shape;
  readonly model: Model;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly lanes: number;
  readonly step: (inputs: StepInputs) => { readonly state: Tensors; readonly outputs: Tensors };
  /** Network outputs `[lane, batch, outputDim]`, centred where the shape says so, without dropout. */
  readonly predict: (inputs: Omit<StepInputs, 'batch' | 'perStep'> & { x: Tensor }) => Tensor;
  /** Loss `[lane]` without dropout. */
  readonly evaluate: (inputs: Omit<StepInputs, 'perStep'>) => Tensor;
  /** Loss gradient of every parameter `[lane, fanIn, fanOut]` by name, without dropout, penalties or clipping. */
  readonly gradients: (inputs: Omit<StepInputs, 'perStep'>) => Tensors;
}

/** What a step takes, by name, as its specs have it. */
export interface StepInputs {
  readonly state: Tensors;
  readonly constants: Tensors;
  readonly perStep: Tensors;
  readonly batch: Batch;
}

/**
 * Composes model, loss, gradients, clipping, penalties and optimizer of a shape.
 *
 * The gradient is that of the sum over lanes of their losses, so every lane trains as if it were alone. The step's
 * outputs are `loss` `[lane]`: the batch's loss before the update, without penalties.
 */
export function trainingStep(
  shape: Shape,
  options: {
    readonly inputDim: number;
    readonly output: Output;
    readonly lanes: number;
    /** Another network of the same shape's width; the shape's own by default. */
    readonly model?: Model;
  },
): TrainingStep {
  const { inputDim, output, lanes } = options;
  const { centred } = shape.model;
  const { model = modelOf(shape.model, { inputDim, outputDim: outputDimOf(output) }) } = options;
  const { parameters } = model;
  if (model.reads.kind === 'tokens' && output.kind !== 'classes') {
    throw new Error(`unknown output of a model that reads tokens: ${output.kind} (classes)`);
  }
  const loss = lossOf(output);
  if (!(Number.isInteger(shape.batch) && shape.batch > 0)) {
    throw new Error(`unknown batch: ${shape.batch} (a positive integer)`);
  }
  const optimizer = optimizerOf(shape.optimizer);
  const { clip = false } = shape.optimizer;
  const names = parameters.map(({ name }) => name);
  const { predict, evaluate, differentiate } = network({ model, loss, centred });
  const penalties = penaltyNames(shape.optimizer);

  /** Weights and slots after an update along gradients, which come in the order of the parameters. */
  const nextState = ({ state, constants, perStep }: StepInputs, grads: readonly Tensor[]) => {
    const next: Record<string, Tensor> = {};
    for (const [i, parameter] of parameters.entries()) {
      const { name } = parameter;
      const rule = optimizer(parameter);
      const weight = tensorOf(state, name);
      const strengths = pickTensors(constants, penalties, (key) => scalarName(name, key));
      const updated = rule.update(
        weight,
        penalise(grads[i] as Tensor, weight, strengths),
        pickTensors(state, rule.slots, (slot) => scalarName(name, slot)),
        {
          ...pickTensors(constants, rule.constants),
          ...pickTensors(perStep, Object.keys(rule.perStep), (key) => scalarName(name, key)),
        },
      );
      next[name] =
        parameter.direction === 'sphere'
          ? onSphere(updated.parameter, tensorOf(constants, radiusName(name)))
          : updated.parameter;
      for (const slot of rule.slots) next[scalarName(name, slot)] = tensorOf(updated.slots, slot);
    }
    return next;
  };

  return {
    shape,
    model,
    loss,
    optimizer,
    lanes,
    ...stepSpecs({ shape, model, optimizer, lanes }),
    step: (inputs) => {
      const { constants, perStep, batch } = inputs;
      const { value, grads } = differentiate({ ...inputs, x: batch.x }, batch.y, {
        masks: perStep,
      });
      const clipped = clip
        ? clipGradients(
            grads,
            names.map((name) => tensorOf(constants, scalarName(name, 'clip'))),
            tensorOf(constants, 'clip'),
          )
        : grads;
      return { state: nextState(inputs, clipped), outputs: { loss: value } };
    },
    predict,
    evaluate: ({ batch: { x, y }, ...given }) => evaluate({ ...given, x }, y),
    gradients: ({ batch: { x, y }, ...given }) => {
      const { grads } = differentiate({ ...given, x }, y);
      return Object.fromEntries(names.map((name, i) => [name, grads[i] as Tensor]));
    },
  };
}
