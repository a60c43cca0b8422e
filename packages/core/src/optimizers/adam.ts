import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Adam (1412.6980, Algorithm 1), with its moments carried unscaled to save passes: ten in place of fourteen.
 *
 * The paper's moments are `m = (1 − β₁) M` and `v = (1 − β₂) V` with `M ← β₁ M + g`, `V ← β₂ V + g²`. With
 * `s_t = √((1 − β₂)/(1 − β₂ᵗ))`, its step `η m̂/(√v̂ + ε)` is
 *
 *     η (1 − β₁)/(1 − β₁ᵗ) M / (s_t √V + ε) = a_t M / (√V + e_t),
 *     a_t = η (1 − β₁)/((1 − β₁ᵗ) s_t),   e_t = ε/s_t,
 *
 * so the bias corrections and ε live in two numbers, made on the host. ε stands outside the root, as in the paper.
 */
export const adam: UpdateRule = {
  family: 'adam',
  slots: ['m', 'v'],
  constants: ['beta1', 'beta2'],
  perStep: {
    rate: ({ rate, bias }) => (rate * bias.first) / bias.root,
    epsilon: ({ epsilon, bias }) => epsilon / bias.root,
  },
  update: (parameter, gradient, slots, scalars) => {
    const { direction, slots: next } = adamDirection(gradient, slots, scalars);
    return {
      parameter: tf.sub(parameter, tf.mul(direction, tensorOf(scalars, 'rate'))),
      slots: next,
    };
  },
};

/** The moments after a gradient, and `M/(√V + e_t)`, Adam's step but for its rate and bias corrections. */
export function adamDirection(
  gradient: Tensor,
  slots: Tensors,
  scalars: Tensors,
): { readonly direction: Tensor; readonly slots: Tensors } {
  const m = tf.add(tf.mul(tensorOf(slots, 'm'), tensorOf(scalars, 'beta1')), gradient);
  const v = tf.add(
    tf.mul(tensorOf(slots, 'v'), tensorOf(scalars, 'beta2')),
    tf.mul(gradient, gradient),
  );
  const direction = tf.div(m, tf.add(tf.sqrt(v), tensorOf(scalars, 'epsilon')));
  return { direction, slots: { m, v } };
}
