import * as tf from '@tensorflow/tfjs';
import type { Parameter } from '../parameter.ts';
import { isWeight } from '../parameter.ts';
import { tensorOf } from '../tensors.ts';
import { adam, adamDirection } from './adam.ts';
import { trustRatio } from './trust-ratio.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * LAMB for a matrix of weights (1904.00962, Algorithm 2 with φ the identity): Adam's step d brought to the length of the
 * weight, `W ← W − η ‖W‖/‖d‖ d`. Bias corrections of a whole tensor cancel but beside ε.
 *
 * Decoupled decay, which the authors put into d, acts beside it here, as in `adamw`.
 */
export const lambWeight: UpdateRule = {
  ...adam,
  family: 'relative',
  perStep: {
    ...adam.perStep,
    rate: ({ rate }) => rate,
    /** What d is multiplied by to be Adam's step at a rate of 1. */
    whole: ({ bias }) => bias.first / bias.root,
  },
  update: (parameter, gradient, slots, scalars) => {
    const { direction, slots: next } = adamDirection(gradient, slots, scalars);
    const ratio = trustRatio(parameter, direction, tensorOf(scalars, 'whole'));
    const factor = tf.mul(ratio, tensorOf(scalars, 'rate'));
    return { parameter: tf.sub(parameter, tf.mul(direction, factor)), slots: next };
  },
};

/** LAMB: weights by their length, biases and gains by Adam. */
export function lamb(parameter: Parameter): UpdateRule {
  return isWeight(parameter) ? lambWeight : adam;
}
