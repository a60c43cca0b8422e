import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter } from '../parameter.ts';
import type { TransformerShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';

type EmbeddingShape = Pick<TransformerShape, 'width' | 'context' | 'positions' | 'readout'>;

const TOKENS = 'embedding.weight';
const POSITIONS = 'positions.weight';

/**
 * The tensors of a token embedding: `embedding.weight` `[vocabulary, width]` and, of learned positions,
 * `positions.weight` `[context, width]`. One row is looked up, so the fan-in is 1, and a stream starts at unit scale;
 * tied to the readout it starts as a readout does, at `1/√width`.
 */
export function embeddingParameters(
  { width, context, positions, readout }: EmbeddingShape,
  { vocabulary }: { readonly vocabulary: number },
): readonly Parameter[] {
  const input = {
    role: 'input',
    fanIn: 1,
    fanOut: width,
    scales: { fanIn: false, fanOut: true },
  } as const;
  const tokens: Parameter =
    readout === 'tied'
      ? {
          ...{ name: TOKENS, role: 'output', shape: [vocabulary, width], tied: true },
          ...{ fanIn: width, fanOut: vocabulary, scales: { fanIn: true, fanOut: false } },
        }
      : { ...input, name: TOKENS, shape: [vocabulary, width] };
  return positions === 'learned'
    ? [tokens, { ...input, name: POSITIONS, shape: [context, width] }]
    : [tokens];
}

/**
 * Tokens `[lane or 1, batch, context]` to a stream `[lane, batch · context, width]`.
 *
 * The lookup is a product with one-hot rows: exact, one gradient for all rows of a token, and the same for every lane
 * whatever stands beside it. Vocabularies are of bytes.
 */
export function embed(
  { width, context, positions }: EmbeddingShape,
  parameters: Tensors,
  tokens: Tensor,
): Tensor {
  const table = tensorOf(parameters, TOKENS);
  const [lanes = 1, vocabulary = 1] = table.shape;
  const [streams = 1, batch = 1] = tokens.shape;
  const rows = tf.reshape(tokens, [streams, batch * context]);
  const marked = tf.oneHot(tf.cast(rows, 'int32'), vocabulary, 1, 0, 'float32');
  const found = tf.matMul(marked as Tensor, table);
  if (positions !== 'learned') return found;
  const places = tf.reshape(tensorOf(parameters, POSITIONS), [lanes, 1, context * width]);
  const sum = tf.add(tf.reshape(found, [lanes, batch, context * width]), places);
  return tf.reshape(sum, [lanes, batch * context, width]);
}

/** h `[lane, rows, width]` read out by the embedding's transpose, times its multiplier: `[lane, rows, vocabulary]`. */
export function tiedReadout(parameters: Tensors, h: Tensor): Tensor {
  const scaled = tf.mul(h, tensorOf(parameters, `${TOKENS}:multiplier`));
  return tf.matMul(scaled, tensorOf(parameters, TOKENS), false, true);
}
