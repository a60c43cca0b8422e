import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/**
 * `‖W‖/‖d‖` of every lane, `[lane, 1, 1]`: a step `d` times it is as long as its weight, whatever the scale of either.
 * `otherwise` `[lane, 1, 1]` where one of them is 0, or a weight that starts at 0 would stay there (1904.00962).
 */
export function trustRatio(weight: Tensor, direction: Tensor, otherwise: Tensor | number): Tensor {
  const length = (x: Tensor) => tf.sqrt(tf.sum(tf.square(x), [1, 2], true));
  const [own, step] = [length(weight), length(direction)];
  const ratio = tf.div(own, step) as Tensor;
  const other = typeof otherwise === 'number' ? tf.fill(ratio.shape, otherwise) : otherwise;
  return tf.where(tf.greater(tf.minimum(own, step), 0), ratio, other);
}
