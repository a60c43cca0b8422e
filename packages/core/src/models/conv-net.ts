import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { activationOf } from '../activations.ts';
import type { AffineLayer } from '../layers/affine.ts';
import { affine, affineParameters, effectiveWeight } from '../layers/affine.ts';
import { convolve } from '../layers/convolution.ts';
import { layerNorms } from '../layers/layer-norms.ts';
import { averageSquares, TAPS, windowsOf } from '../layers/pixel-grid.ts';
import type { Dimensions, Model } from '../model.ts';
import type { ConvNetShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import { checkSizes } from './check-sizes.ts';
import { convNetCosts } from './conv-net-costs.ts';

/**
 * A convolutional net: `h ← φ(h ∗ W + b)` with 3 × 3 windows for every layer, an average over 2 × 2 pixels after each of
 * the first `pools`, then the average over all pixels and a linear readout; norms as in an MLP.
 *
 * It reads images as tasks give them, channel by channel and row by row, x `[lane or 1, batch, channels · side²]`, and
 * holds features as `[lane, batch · pixels, width]`, so that a batch norm is over batch and pixels, and `layer` and `rms`
 * are of every pixel over its channels. Parameters are `input`, `hidden1` … `hidden<depth − 1>` and `output`, weights
 * `[9 · channels, width]` (fan-in 9 · channels) and so on, rows by window position and then channel. Throws on sizes
 * that are not positive integers, that do not fit the input, or that leave no pixel.
 */
export function convNet(shape: ConvNetShape, { inputDim, outputDim }: Dimensions): Model {
  check(shape, { inputDim, outputDim });
  const { width, depth, bias, channels, pools, weights: kind } = shape;
  const activation = activationOf(shape.activation);
  const common = { fanOut: width, bias, ...(kind === undefined ? {} : { weights: kind }) };
  const layers = Array.from({ length: depth }, (_, i): AffineLayer => {
    return i === 0
      ? { name: 'input', role: 'input', fanIn: TAPS * channels, ...common }
      : { name: `hidden${i}`, role: 'hidden', fanIn: TAPS * width, ...common };
  });
  const output: AffineLayer = {
    ...{ name: 'output', role: 'output', fanIn: width, fanOut: outputDim, bias },
  };
  const norms = layerNorms(shape, { layers: layers.map(({ name }) => name) });
  return {
    inputDim,
    outputDim,
    parameters: [
      ...layers.flatMap((layer) => [...affineParameters(layer), ...norms.parameters(layer.name)]),
      ...affineParameters(output),
    ],
    masks: [],
    ...convNetCosts(shape, { outputDim, norms: norms.count }),
    reads: { kind: 'vectors' },
    forward: (weights, x, { record } = {}) => {
      let side = shape.side;
      let h = pixels(x, shape);
      for (const [i, layer] of layers.entries()) {
        const { name } = layer;
        const z = norms.before(name, weights, convolution(layer, weights, h, side));
        h = norms.after(name, weights, activation(z));
        record?.(`${name}.preactivation`, z);
        record?.(`${name}.feature`, h);
        if (i >= pools) continue;
        h = averageSquares(h, { side, size: 2 });
        side = Math.floor(side / 2);
      }
      const feature = averageSquares(h, { side, size: side });
      record?.('output.feature', feature);
      const f = affine(output, weights, feature);
      record?.('output.preactivation', f);
      return f;
    },
  };
}

/** Images `[n, batch, channels · side²]` as rows of pixels `[n, batch · side², channels]`. */
function pixels(x: Tensor, { side, channels }: ConvNetShape): Tensor {
  const [n = 1, batch = 1] = x.shape;
  const planes = tf.reshape(x, [n * batch, channels, side * side]);
  return tf.reshape(tf.transpose(planes, [0, 2, 1]), [n, batch * side * side, channels]);
}

function convolution(layer: AffineLayer, weights: Tensors, h: Tensor, side: number): Tensor {
  // The images themselves have no gradient, and may be shared by all lanes.
  if (layer.role === 'input') return affine(layer, weights, windowsOf(h, { side }));
  const z = convolve(h, effectiveWeight(layer, weights), { side });
  return layer.bias ? tf.add(z, tensorOf(weights, `${layer.name}.bias`)) : z;
}

function check(shape: ConvNetShape, { inputDim, outputDim }: Dimensions): void {
  const { width, depth, side, channels, pools } = shape;
  checkSizes({ width, depth, side, channels, inputDim, outputDim });
  if (inputDim !== channels * side * side) {
    throw new Error(
      `unknown images: ${channels} × ${side} × ${side} (the input has ${inputDim} numbers)`,
    );
  }
  const most = Math.min(depth, Math.floor(Math.log2(side)));
  if (!(Number.isInteger(pools) && pools >= 0 && pools <= most)) {
    throw new Error(`unknown pools: ${pools} (0 to ${most}, at depth ${depth} and side ${side})`);
  }
}
