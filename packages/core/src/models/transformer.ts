import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { AffineLayer } from '../layers/affine.ts';
import { affine, affineParameters } from '../layers/affine.ts';
import { attention } from '../layers/attention.ts';
import { embed, embeddingParameters, tiedReadout } from '../layers/embedding.ts';
import { feedForward } from '../layers/feed-forward.ts';
import { residualStack } from '../layers/residual-stack.ts';
import type { Dimensions, Model } from '../model.ts';
import type { TransformerShape } from '../shape.ts';
import { tensorOf } from '../tensors.ts';
import { checkSizes } from './check-sizes.ts';
import { expertKnobs } from './expert-extras.ts';
import { transformerCosts } from './transformer-costs.ts';

/**
 * A decoder-only transformer: token embedding, `depth` layers of causal attention and a feed-forward block on a
 * residual stream, and a readout that is the embedding's transpose or its own.
 *
 * Parameters are those of the embedding, `layer<i>.attention.*`, `layer<i>.mlp.*`, the norms of both (see
 * `residualStack`), `output.weight` `[width, vocabulary]` where it is not tied, and with biases `output.bias`. Throws on
 * sizes that are not positive integers, and on rotary positions with heads of odd size.
 */
export function transformer(shape: TransformerShape, { inputDim, outputDim }: Dimensions): Model {
  check(shape, outputDim);
  const { width, depth, context, bias, targets } = shape;
  const tied = shape.readout === 'tied';
  const layers = Array.from({ length: depth }, (_, i) => `layer${i + 1}`);
  const stack = residualStack(
    layers.flatMap((name) => [
      attention(`${name}.attention`, shape),
      feedForward(`${name}.mlp`, shape),
    ]),
    shape,
  );
  const output: AffineLayer = {
    ...{ name: 'output', role: 'output', fanIn: width, fanOut: outputDim, bias },
  };
  const [readout, ...readoutBias] = affineParameters(output);
  const parameters = [
    ...embeddingParameters(shape, { vocabulary: outputDim }),
    ...stack.parameters,
    ...(tied || !readout ? [] : [readout]),
    ...readoutBias,
  ];
  const seen = (h: Tensor): Tensor => {
    if (targets === 'every') return h;
    const [lanes = 1, rows = 1] = h.shape;
    const byExample = tf.reshape(h, [lanes, rows / context, context, width]);
    const last = tf.slice(byExample, [0, 0, context - 1, 0], [lanes, rows / context, 1, width]);
    return tf.reshape(last, [lanes, rows / context, width]);
  };
  return {
    inputDim,
    outputDim,
    parameters,
    masks: [],
    ...expertKnobs(shape),
    ...transformerCosts(shape, { parameters, vocabulary: outputDim }),
    reads: { kind: 'tokens', context, targets },
    forward: (weights, x, { record } = {}) => {
      const start = embed(shape, weights, x);
      record?.('input.preactivation', start);
      const h = seen(stack.forward(weights, start, record));
      record?.('output.feature', h);
      const logits = tied
        ? tiedReadout(weights, h)
        : affine({ ...output, bias: false }, weights, h);
      const f = bias ? tf.add(logits, tensorOf(weights, 'output.bias')) : logits;
      record?.('output.preactivation', f);
      return f;
    },
  };
}

function check(shape: TransformerShape, vocabulary: number): void {
  const { width, depth, heads, headSize, context, expansion } = shape;
  checkSizes({ width, depth, heads, 'head size': headSize, context, vocabulary });
  checkSizes({ 'expansion of the width': expansion * width });
  if (shape.norm.kind === 'batch') {
    throw new Error('unknown norm of a transformer: batch (none, layer, rms, dynamic-tanh)');
  }
  if (shape.positions === 'rotary' && headSize % 2 !== 0) {
    throw new Error(`unknown head size: ${headSize} (even, for rotary positions)`);
  }
}
