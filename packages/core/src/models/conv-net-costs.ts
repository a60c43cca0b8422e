import { TAPS } from '../layers/pixel-grid.ts';
import type { Model } from '../model.ts';
import type { ConvNetShape } from '../shape.ts';

/**
 * What one example of a convolutional net costs: the products of every convolution at every pixel, backward twice but
 * for the first layer's; and its activations, windows of nine pixels laid out forward and backward included. Averages
 * over pixels are not counted.
 */
export function convNetCosts(
  { width, depth, side, channels, pools }: ConvNetShape,
  { outputDim, norms }: { readonly outputDim: number; readonly norms: number },
): Pick<Model, 'flops' | 'activations'> {
  let [forward, backward] = [2 * width * outputDim, 4 * width * outputDim];
  let activations = 2 * width + 2 * outputDim;
  for (let i = 0; i < depth; i++) {
    const pixels = Math.floor(side / 2 ** Math.min(i, pools)) ** 2;
    const read = TAPS * (i === 0 ? channels : width);
    const product = 2 * pixels * read * width;
    forward += product;
    backward += product * (i === 0 ? 1 : 2);
    const laid = i === 0 ? read : read + TAPS * width;
    activations += pixels * (laid + (3 + (2 * norms) / depth) * width);
  }
  return { flops: { forward, backward }, activations };
}
