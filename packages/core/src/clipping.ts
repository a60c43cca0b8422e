import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/**
 * Clips the gradients of every lane at a global norm (1211.5063): each is multiplied by `min(1, threshold/norm)`.
 *
 * `weights[i]` `[lane, 1, 1]` is the i-th tensor's weight in `norm² = Σ weight · ‖g‖²`, so that tensors in normal
 * form are clipped as their explicit form would be; `threshold` is `[lane, 1, 1]`. Applied to the gradient of the
 * loss, before penalties.
 */
export function clipGradients(
  gradients: readonly Tensor[],
  weights: readonly Tensor[],
  threshold: Tensor,
): readonly Tensor[] {
  const squares = gradients.map((gradient, i) =>
    tf.mul(tf.sum(tf.square(gradient), [1, 2], true), weights[i] as Tensor),
  );
  const squaredNorm = squares.reduce((total, square) => tf.add(total, square));
  const factor = tf.minimum(tf.div(threshold, tf.sqrt(squaredNorm)), 1);
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
