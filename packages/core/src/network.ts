import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Loss } from './losses.ts';
import type { ForwardExtras, Model } from './model.ts';
import { initialName, multiplierName } from './tensor-names.ts';
import type { Tensors } from './tensors.ts';
import { pickTensors, tensorOf } from './tensors.ts';

/** Weights and constants of a program, by name, and the inputs x of a batch. */
interface Given {
  readonly state: Tensors;
  readonly constants: Tensors;
  readonly x: Tensor;
}

/** A model with its loss, as functions of a training program's named tensors. */
export interface Network {
  /** Outputs `[lane, batch, outputDim]`, those at initialization subtracted where the model is centred. */
  predict(given: Given): Tensor;
  /** Loss `[lane]` on targets y. */
  evaluate(given: Given, y: Tensor): Tensor;
  /** Loss `[lane]` and its gradient with respect to every weight, in the order of the parameters. */
  differentiate(
    given: Given,
    y: Tensor,
    extras?: ForwardExtras,
  ): { readonly value: Tensor; readonly grads: readonly Tensor[] };
}

/** The network of a model and a loss; `centred` as shapes have it. */
export function network({
  model,
  loss,
  centred,
}: {
  readonly model: Model;
  readonly loss: Loss;
  readonly centred: boolean;
}): Network {
  const { parameters, knobs = [] } = model;
  const names = parameters.map(({ name }) => name);
  const tied = parameters.filter((parameter) => parameter.tied);
  const factors = [...tied.map(({ name }) => multiplierName(name)), ...knobs];

  const initialOutput = ({ constants, x }: Given): Tensor | null => {
    if (!centred) return null;
    const initial = names.map((name) => [name, tensorOf(constants, initialName(name))] as const);
    return model.forward({ ...Object.fromEntries(initial), ...pickTensors(constants, factors) }, x);
  };

  const output = (
    weights: Tensors,
    { constants, x }: Given,
    start: Tensor | null,
    extras: ForwardExtras = {},
  ): Tensor => {
    const f = model.forward({ ...weights, ...pickTensors(constants, factors) }, x, extras);
    return start === null ? f : tf.sub(f, start);
  };

  const predict = (given: Given): Tensor => {
    const start = initialOutput(given);
    return output(given.state, given, start);
  };

  return {
    predict,
    evaluate: (given, y) => loss(predict(given), y),
    differentiate(given, y, extras) {
      const start = initialOutput(given);
      // tfjs starts the tape from ones in the shape of the value: the gradient of the sum over lanes, without the sum.
      return tf.valueAndGrads((...weights: Tensor[]) => {
        const named = Object.fromEntries(names.map((name, i) => [name, weights[i] as Tensor]));
        return loss(output(named, given, start, extras), y);
      })(names.map((name) => tensorOf(given.state, name)));
    },
  };
}
