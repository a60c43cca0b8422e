import { activationOf } from '../activations.ts';
import type { AffineLayer } from '../layers/affine.ts';
import { affine, affineParameters } from '../layers/affine.ts';
import { mixture } from '../layers/mixture.ts';
import type { Branch } from '../layers/residual-stack.ts';
import { residualStack } from '../layers/residual-stack.ts';
import type { Dimensions, Model } from '../model.ts';
import type { ResidualMlpShape } from '../shape.ts';
import { checkSizes } from './check-sizes.ts';
import { expertActivations, expertKnobs } from './expert-extras.ts';
import { productFlops } from './product-flops.ts';

/**
 * A residual multilayer perceptron: a linear input layer, `depth` blocks `h ← h + branch(h)` with
 * `branch(u) = φ(u) W + b` (one layer, 2309.16620) or `φ(u W₁ + b₁) W₂ + b₂` (two), which may be of a mixture of experts,
 * and a linear readout.
 *
 * Parameters are `input`, for every block `block<i>.inner` (two layers only) and `block<i>.end`, and `output`, each
 * `.weight` `[fanIn, fanOut]` and with biases `.bias` `[1, fanOut]`, and those of the norms (see `residualStack`).
 * There is no branch multiplier in the graph: it is part of `block<i>.end`. Throws on a width, depth, number of block
 * layers or dimension that is not a positive integer, and on `both` norms without gains.
 */
export function residualMlp(shape: ResidualMlpShape, { inputDim, outputDim }: Dimensions): Model {
  const { width, depth, bias, blockLayers } = shape;
  const weighed = shape.weights === undefined ? {} : { weights: shape.weights };
  checkSizes({ width, depth, inputDim, outputDim });
  const input: AffineLayer = {
    ...{ name: 'input', role: 'input', fanIn: inputDim, fanOut: width, bias },
    ...weighed,
  };
  const output: AffineLayer = {
    ...{ name: 'output', role: 'output', fanIn: width, fanOut: outputDim, bias },
  };
  const branches = Array.from({ length: depth }, (_, i) => branchOf(shape, `block${i + 1}`));
  const stack = residualStack(branches, shape);
  const parameters = [...affineParameters(input), ...stack.parameters, ...affineParameters(output)];
  return {
    inputDim,
    outputDim,
    parameters,
    masks: [],
    ...expertKnobs(shape),
    activations:
      (depth * (blockLayers + 2) + 1) * 2 * width +
      2 * outputDim +
      depth * expertActivations(shape),
    flops: productFlops(parameters),
    reads: { kind: 'vectors' },
    forward: (weights, x, { record } = {}) => {
      const start = affine(input, weights, x);
      record?.('input.preactivation', start);
      const h = stack.forward(weights, start, record);
      record?.('output.feature', h);
      const f = affine(output, weights, h);
      record?.('output.preactivation', f);
      return f;
    },
  };
}

function branchOf(
  { width, activation, bias, blockLayers, weights, experts }: ResidualMlpShape,
  name: string,
): Branch {
  if (experts) {
    if (blockLayers !== 2 || weights !== undefined) {
      throw new Error('experts stand for blocks of 2 layers with weights as they are');
    }
    const layer = {
      width,
      activation,
      bias,
      experts,
      feedForward: 'plain',
      residual: true,
    } as const;
    return { name, ...mixture({ ...layer, name: `${name}.experts` }) };
  }
  const phi = activationOf(activation);
  const square = {
    ...({ role: 'hidden', fanIn: width, fanOut: width, bias } as const),
    ...(weights === undefined ? {} : { weights }),
  };
  const inner: AffineLayer = { ...square, name: `${name}.inner`, place: 'branch' };
  const end: AffineLayer = { ...square, name: `${name}.end`, place: 'branch-end' };
  switch (blockLayers) {
    case 1:
      return {
        name,
        parameters: affineParameters(end),
        forward: (parameters, u, record) => {
          const feature = phi(u);
          record?.(`${name}.feature`, feature);
          return affine(end, parameters, feature);
        },
      };
    case 2:
      return {
        name,
        parameters: [...affineParameters(inner), ...affineParameters(end)],
        forward: (parameters, u, record) => {
          const z = affine(inner, parameters, u);
          const feature = phi(z);
          record?.(`${name}.preactivation`, z);
          record?.(`${name}.feature`, feature);
          return affine(end, parameters, feature);
        },
      };
    default:
      throw new Error(`unknown block layers: ${blockLayers} (1 or 2)`);
  }
}
