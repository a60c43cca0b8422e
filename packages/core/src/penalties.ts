import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { OptimizerShape } from './shape.ts';
import type { Tensors } from './tensors.ts';
import { tensorOf } from './tensors.ts';

/** Names of the per-tensor strengths that an optimizer's shape wants, constant over a run. */
export function penaltyNames({ l1 = false, l2 = false }: OptimizerShape): readonly ('l1' | 'l2')[] {
  return [...(l2 ? (['l2'] as const) : []), ...(l1 ? (['l1'] as const) : [])];
}

/**
 * A tensor's gradient with those of the penalties added: `λ₂ W` of `½ λ₂ Σ w²`, `λ₁ sign W` of `λ₁ Σ |w|`.
 * Strengths are `[lane, 1, 1]` by the names `l2` and `l1`; a penalty without a strength is absent from the graph.
 * The reported loss does not contain them.
 */
export function penalise(gradient: Tensor, parameter: Tensor, strengths: Tensors): Tensor {
  let total = gradient;
  if ('l2' in strengths) total = tf.add(total, tf.mul(parameter, tensorOf(strengths, 'l2')));
  if ('l1' in strengths) {
    total = tf.add(total, tf.mul(tf.sign(parameter), tensorOf(strengths, 'l1')));
  }
  return total;
}
