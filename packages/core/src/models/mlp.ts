import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { activationOf } from '../activations.ts';
import type { Model } from '../model.ts';
import type { Parameter, Role } from '../parameter.ts';
import type { MlpShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';

/**
 * A multilayer perceptron: `h ← φ(h W + b)` for every hidden layer, then a linear readout.
 *
 * Parameters are `input`, `hidden1` … `hidden<depth − 1>` and `output`, each `.weight` `[fanIn, fanOut]` and, with
 * biases, `.bias` `[1, fanOut]`. Throws on a width, depth or dimension that is not a positive integer.
 */
export function mlp(
  shape: MlpShape,
  { inputDim, outputDim }: { readonly inputDim: number; readonly outputDim: number },
): Model {
  const { width, depth, bias, dropout = false } = shape;
  for (const [name, value] of Object.entries({ width, depth, inputDim, outputDim })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`unknown ${name}: ${value} (a positive integer)`);
    }
  }
  const activation = activationOf(shape.activation);
  const layers = ['input', ...Array.from({ length: depth - 1 }, (_, i) => `hidden${i + 1}`)];

  const affine = (parameters: Tensors, layer: string, h: Tensor): Tensor => {
    const z = tf.matMul(h, tensorOf(parameters, `${layer}.weight`));
    return bias ? tf.add(z, tensorOf(parameters, `${layer}.bias`)) : z;
  };

  return {
    inputDim,
    outputDim,
    parameters: [
      ...layer('input', 'input', inputDim, width, bias),
      ...layers.slice(1).flatMap((name) => layer(name, 'hidden', width, width, bias)),
      ...layer('output', 'output', width, outputDim, bias),
    ],
    masks: dropout ? layers.map((name) => ({ name: `${name}.mask`, features: width })) : [],
    forward: (parameters, x, { masks, record } = {}) => {
      let h = x;
      for (const name of layers) {
        const z = affine(parameters, name, h);
        h = activation(z);
        record?.(`${name}.preactivation`, z);
        record?.(`${name}.feature`, h);
        if (dropout && masks) h = tf.mul(h, tensorOf(masks, `${name}.mask`));
      }
      const f = affine(parameters, 'output', h);
      record?.('output.preactivation', f);
      return f;
    },
  };
}

function layer(
  name: string,
  role: 'input' | 'hidden' | 'output',
  fanIn: number,
  fanOut: number,
  bias: boolean,
): Parameter[] {
  const scales = { fanIn: role !== 'input', fanOut: role !== 'output' };
  const weight: Parameter = {
    name: `${name}.weight`,
    role,
    shape: [fanIn, fanOut],
    fanIn,
    fanOut,
    scales,
  };
  if (!bias) return [weight];
  const biasRole: Role = `${role}-bias`;
  return [
    weight,
    {
      name: `${name}.bias`,
      role: biasRole,
      shape: [1, fanOut],
      fanIn: 1,
      fanOut,
      scales: { fanIn: false, fanOut: scales.fanOut },
    },
  ];
}
