import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Output } from './shape.ts';

/** A loss per lane: predictions `[lane, batch, output]` and targets to `[lane]`. */
export type Loss = (prediction: Tensor, target: Tensor) => Tensor;

/**
 * Mean squared error per lane, the mean taken over batch and outputs.
 *
 * prediction `[lane, batch, dim]`, target `[lane or 1, batch, dim]`, result `[lane]`. Its gradient
 * `2 (f − y)/(batch · dim)` is written out: a few nodes in place of the tape's many.
 */
export const meanSquaredError: Loss = (prediction, target) => {
  const [, batch = 1, dim = 1] = prediction.shape;
  return lossOp(prediction, (f) => {
    const residual = tf.sub(f, target);
    return {
      value: tf.mean(tf.square(residual), [1, 2]),
      saved: residual,
      scale: 2 / (batch * dim),
    };
  });
};

/**
 * Cross-entropy in nats per lane, the mean taken over the batch: `log Σ eᶻ − z_y`, the maximum subtracted first.
 *
 * prediction (logits) `[lane, batch, classes]`, target int32 class indices `[lane or 1, batch]`, result `[lane]`.
 * The classes are marked once for all lanes that share a batch; the gradient is `(softmax z − 1_y)/batch`.
 */
export const crossEntropy: Loss = (prediction, target) => {
  const [, batch = 1, classes = 1] = prediction.shape;
  return lossOp(prediction, (logits) => {
    const marked = tf.oneHot(tf.cast(target, 'int32'), classes, 1, 0, 'float32');
    const shifted = tf.sub(logits, tf.max(logits, -1, true));
    const exponentials = tf.exp(shifted);
    const partition = tf.sum(exponentials, -1, true);
    const picked = tf.sum(tf.mul(shifted, marked), -1);
    const logPartition = tf.squeeze(tf.log(partition), [-1]);
    return {
      value: tf.mean(tf.sub(logPartition, picked), [1]),
      saved: tf.sub(tf.div(exponentials, partition), marked),
      scale: 1 / batch,
    };
  });
};

/** The loss that belongs to a kind of output. */
export function lossOf(output: Output): Loss {
  switch (output.kind) {
    case 'regression':
      return meanSquaredError;
    case 'classes':
      return crossEntropy;
  }
}

interface LossParts {
  readonly value: Tensor;
  /** The gradient of a lane's loss is this times `scale`. */
  readonly saved: Tensor;
  readonly scale: number;
}

function lossOp(prediction: Tensor, compute: (prediction: Tensor) => LossParts): Tensor {
  const [lanes = 1] = prediction.shape;
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const parts = compute(input);
    save([parts.saved]);
    return {
      value: parts.value,
      gradFunc: (dy: Tensor, [saved]: Tensor[]) =>
        tf.mul(saved as Tensor, tf.reshape(tf.mul(dy, parts.scale), [lanes, 1, 1])),
    };
  });
  return op(prediction);
}
