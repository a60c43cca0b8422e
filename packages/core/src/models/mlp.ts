import * as tf from '@tensorflow/tfjs';
import { activationOf } from '../activations.ts';
import type { AffineLayer } from '../layers/affine.ts';
import { affine, affineParameters } from '../layers/affine.ts';
import { layerNorms } from '../layers/layer-norms.ts';
import type { Mixture } from '../layers/mixture.ts';
import { mixture } from '../layers/mixture.ts';
import type { Dimensions, Model } from '../model.ts';
import type { MlpShape } from '../shape.ts';
import { tensorOf } from '../tensors.ts';
import { checkSizes } from './check-sizes.ts';
import { expertActivations, expertKnobs } from './expert-extras.ts';
import { productFlops } from './product-flops.ts';

/**
 * A multilayer perceptron: `h ← φ(h W + b)` for every hidden layer, then a linear readout; with norms
 * `h ← φ(N(h W + b))` or `h ← N(φ(h W + b))`. With experts a mixture of them stands for `h W + b` in every hidden layer
 * after the first.
 *
 * Parameters are `input`, `hidden1` … `hidden<depth − 1>` and `output`, each `.weight` `[fanIn, fanOut]` and, with
 * biases, `.bias` `[1, fanOut]`, and for norms `<layer>.norm.*`; with experts those of `hidden<i>` are a `mixture`'s.
 * Throws on a width, depth or dimension that is not a positive integer, and on norms or experts that cannot be or stand
 * nowhere.
 */
export function mlp(shape: MlpShape, { inputDim, outputDim }: Dimensions): Model {
  const { width, depth, bias, dropout = false, weights: kind } = shape;
  const weighed = kind === undefined ? {} : { weights: kind };
  checkSizes({ width, depth, inputDim, outputDim });
  const activation = activationOf(shape.activation);
  const input: AffineLayer = {
    ...{ name: 'input', role: 'input', fanIn: inputDim, fanOut: width, bias },
    ...weighed,
  };
  const hidden = Array.from(
    { length: depth - 1 },
    (_, i): AffineLayer => ({
      ...{ name: `hidden${i + 1}`, role: 'hidden', fanIn: width, fanOut: width, bias },
      ...weighed,
    }),
  );
  const output: AffineLayer = {
    ...{ name: 'output', role: 'output', fanIn: width, fanOut: outputDim, bias },
  };
  const layers = [input, ...hidden];
  const mixtures = mixturesOf(shape, hidden);
  const norms = layerNorms(shape, { layers: layers.map(({ name }) => name) });
  const parameters = [
    ...layers.flatMap((layer) => [
      ...(mixtures.get(layer.name)?.parameters ?? affineParameters(layer)),
      ...norms.parameters(layer.name),
    ]),
    ...affineParameters(output),
  ];
  return {
    inputDim,
    outputDim,
    parameters,
    masks: dropout ? layers.map(({ name }) => ({ name: `${name}.mask`, features: width })) : [],
    ...expertKnobs(shape),
    activations:
      (3 * depth + 2 * norms.count) * width +
      2 * outputDim +
      mixtures.size * expertActivations(shape),
    flops: productFlops(parameters),
    reads: { kind: 'vectors' },
    forward: (weights, x, { masks, record } = {}) => {
      let h = x;
      for (const layer of layers) {
        const { name } = layer;
        const mapped = mixtures.get(name)?.forward(weights, h, record) ?? affine(layer, weights, h);
        const z = norms.before(name, weights, mapped);
        h = norms.after(name, weights, activation(z));
        record?.(`${name}.preactivation`, z);
        record?.(`${name}.feature`, h);
        if (dropout && masks) h = tf.mul(h, tensorOf(masks, `${name}.mask`));
      }
      const f = affine(output, weights, h);
      record?.('output.preactivation', f);
      return f;
    },
  };
}

/** The mixtures of hidden layers by name. Throws on experts without a layer to stand for, or with normalised weights. */
function mixturesOf(
  { width, activation, bias, weights, experts }: MlpShape,
  hidden: readonly AffineLayer[],
): ReadonlyMap<string, Mixture> {
  if (experts === undefined) return new Map();
  if (hidden.length === 0) throw new Error('unknown depth: 1 (2 or more, with experts)');
  if (weights !== undefined)
    throw new Error(`unknown weights of experts: ${weights} (as they are)`);
  const layer = {
    width,
    activation,
    bias,
    experts,
    feedForward: 'plain',
    residual: false,
  } as const;
  return new Map(hidden.map(({ name }) => [name, mixture({ ...layer, name })]));
}
