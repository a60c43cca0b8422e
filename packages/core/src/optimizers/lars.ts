import * as tf from '@tensorflow/tfjs';
import { knobOf } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';
import { isWeight } from '../parameter.ts';
import { tensorOf } from '../tensors.ts';
import { momentum } from './momentum.ts';
import { trustRatio } from './trust-ratio.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * LARS for a matrix of weights (1708.03888, Algorithm 1): momentum over gradients brought to the length of the weight,
 * `M ← μ M + ‖W‖/‖g‖ g`, `W ← W − η κ M`, with κ the knob `trust`. A momentum of 0 is descent by normalised steps.
 *
 * Where the paper has `‖g‖ + λ ‖W‖` below, here the gradient's length is that with the penalty's gradient in it; and a
 * rate that changes acts on the whole of M, as in `momentum`.
 */
export const larsWeight: UpdateRule = {
  family: 'relative',
  rateFactor: (knobs) => knobOf(knobs, 'trust'),
  slots: ['m'],
  constants: ['momentum'],
  perStep: { rate: ({ rate }) => rate },
  update: (parameter, gradient, slots, scalars) => {
    const step = tf.mul(gradient, trustRatio(parameter, gradient, 1));
    const m = tf.add(tf.mul(tensorOf(slots, 'm'), tensorOf(scalars, 'momentum')), step);
    return { parameter: tf.sub(parameter, tf.mul(m, tensorOf(scalars, 'rate'))), slots: { m } };
  },
};

/** LARS: weights by their length, biases and gains by momentum at the learning rate itself, as its authors do. */
export function lars(parameter: Parameter): UpdateRule {
  return isWeight(parameter) ? larsWeight : momentum;
}
