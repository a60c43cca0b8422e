import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { ExpertsShape } from '../shape.ts';

/** Beside the sum of the active gates, which sigmoids can bring near 0. */
const EPSILON = 1e-9;

/**
 * The gates of the router's logits, 0 where an expert is not active: logits and mask (1 where active) `[lane, rows,
 * count]` to the same shape. Softmax over all experts, or over the active ones where normalised; sigmoids, divided by
 * their sum where normalised.
 */
export function expertGates(
  { gate, normalised }: Pick<ExpertsShape, 'gate' | 'normalised'>,
  logits: Tensor,
  mask: Tensor,
): Tensor {
  const gates = tf.mul(gate === 'softmax' ? tf.softmax(logits) : tf.sigmoid(logits), mask);
  return normalised ? tf.div(gates, tf.add(tf.sum(gates, -1, true), EPSILON)) : gates;
}

/** The router's distribution over all experts, `[lane, rows, count]`: its softmax, or its sigmoids over their sum. */
export function routerDistribution({ gate }: Pick<ExpertsShape, 'gate'>, logits: Tensor): Tensor {
  if (gate === 'softmax') return tf.softmax(logits);
  const gates = tf.sigmoid(logits);
  return tf.div(gates, tf.add(tf.sum(gates, -1, true), EPSILON));
}
