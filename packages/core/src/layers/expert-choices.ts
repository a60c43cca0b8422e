import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/**
 * The choices of every example among the experts, one-hot: `[lane, rows, active, count]` of the `active` largest of the
 * router's logits `[lane, rows, count]`, the largest first and of equal ones the first. No gradient flows through it.
 */
export function expertChoices(logits: Tensor, active: number): Tensor {
  const [lanes = 1, rows = 1, count = 1] = logits.shape;
  if (count === 1) return tf.ones([lanes, rows, 1, 1]);
  return withoutGradient(logits, (r) => {
    const { indices } = tf.topk(r, active);
    return tf.oneHot(tf.cast(indices, 'int32'), count, 1, 0, 'float32') as Tensor;
  });
}

/** A map that is constant almost everywhere: a tensor without a gradient. */
export function withoutGradient(x: Tensor, map: (x: Tensor) => Tensor): Tensor {
  const { shape } = x;
  const op = tf.customGrad((...args) => {
    const [input] = args as [Tensor];
    return { value: map(input), gradFunc: () => tf.zeros(shape) };
  });
  return op(x);
}
