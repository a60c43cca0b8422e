import type { Stream, Task } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Reading } from './model.ts';
import type { BatchSource, BatchSourceOptions, SharedSource } from './shared-source.ts';
import { checkedContext, picks } from './shared-source.ts';
import { float32, tensorOf } from './tensors.ts';

type TokenStream = Extract<Stream, { kind: 'tokens' }>;

/** Fresh windows of tokens: the last `reads.context` before each example's target, and the tokens after them. */
export function windowSource(
  { context }: TokenStream,
  reads: Extract<Reading, { kind: 'tokens' }>,
  { streams, batch }: BatchSourceOptions,
): SharedSource {
  const group = streams.length;
  const length = checkedContext(reads.context, context);
  const targets = reads.targets === 'every' ? length : 1;
  return {
    constants: {},
    perStep: { windows: { shape: [group, batch, context + 1], dtype: 'int32' } },
    assemble: ({ perStep }) => {
      const windows = tensorOf(perStep, 'windows');
      const cut = (first: number, count: number) =>
        tf.slice(windows, [0, 0, first], [group, batch, count]);
      return {
        x: cut(context - length, length),
        y: tf.reshape(cut(context + 1 - targets, targets), [group, batch * targets]),
      };
    },
    place: () => ({}),
    feed: windowsOf({ streams, batch }, context + 1),
  };
}

/** Fresh windows of tokens as the codes of all but the last. */
export function codedWindowSource(
  { context, vocabulary, codes }: TokenStream,
  { inputDim }: Task,
  { streams, batch }: BatchSourceOptions,
): SharedSource {
  const group = streams.length;
  return {
    constants: { codes: float32(vocabulary, codes.length / vocabulary) },
    perStep: { windows: { shape: [group, batch, context + 1], dtype: 'int32' } },
    assemble: ({ constants, perStep }) => {
      const windows = tensorOf(perStep, 'windows');
      const seen = tf.slice(windows, [0, 0, 0], [group, batch, context]);
      const x = tf.gather(tensorOf(constants, 'codes'), seen as Tensor as tf.Tensor2D);
      const last = tf.slice(windows, [0, 0, context], [group, batch, 1]);
      return {
        x: tf.reshape(x, [group, batch, inputDim]),
        y: tf.reshape(last, [group, batch]),
      };
    },
    place: () => ({ codes }),
    feed: windowsOf({ streams, batch }, context + 1),
  };
}

function windowsOf(
  { streams, batch }: Pick<BatchSourceOptions, 'streams' | 'batch'>,
  width: number,
): BatchSource['feed'] {
  return (first, count) => ({
    windows: picks(streams, batch * width, first, count, ({ stream }, step, out) => {
      if (stream.kind === 'tokens') stream.fill(step, batch, out);
    }),
  });
}
