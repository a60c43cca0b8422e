import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/**
 * The load-balancing loss of every lane, `[lane]`: `count · Σ f P` with f an expert's share of the assignments and P its
 * mean under the router (2101.03961, Eq. 4 to 6; of several active experts, the share of all assignments). It is 1 where
 * the load is even, and `count` where one expert has it all. f is piecewise constant, so that the gradient is P's.
 */
export function loadBalanceLoss(distribution: Tensor, mask: Tensor): Tensor {
  const [, , count = 1] = mask.shape;
  const load = tf.sum(mask, 1, true);
  const share = tf.div(load, tf.sum(load, -1, true));
  return tf.mul(tf.sum(tf.mul(share, tf.mean(distribution, 1, true)), [1, 2]), count);
}

/**
 * `y` as it is, whose training descends on a penalty too: the gradient of `strength · penalty` is added to the loss's.
 * penalty `[lane]`, strength `[lane, 1, 1]`. The loss that is reported does not hold the penalty.
 */
export function withPenalty(y: Tensor, penalty: Tensor, strength: Tensor): Tensor {
  const [lanes = 1] = y.shape;
  const op = tf.customGrad((...args) => {
    const [value, , save] = args as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([strength]);
    return {
      value: tf.clone(value),
      gradFunc: (dy: Tensor, [weight]: Tensor[]) => [dy, tf.reshape(weight as Tensor, [lanes])],
    };
  });
  return op(y, penalty);
}
