import * as tf from '@tensorflow/tfjs';
import { tensorOf } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Adds decoupled weight decay to a rule (1711.05101): `W ← (1 − η_t λ) W` before its step, where `η_t` is the
 * tensor's rate with its schedule. One pass more.
 */
export function withDecay(rule: UpdateRule): UpdateRule {
  return {
    ...rule,
    perStep: { ...rule.perStep, keep: ({ rate, decay }) => 1 - rate * decay },
    update: (parameter, gradient, slots, scalars) =>
      rule.update(tf.mul(parameter, tensorOf(scalars, 'keep')), gradient, slots, scalars),
  };
}
