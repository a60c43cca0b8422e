import * as tf from '@tensorflow/tfjs';
import { tensorOf } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/** Stochastic gradient descent: `W ← W − η g`. Two passes. */
export const sgd: UpdateRule = {
  family: 'sgd',
  slots: [],
  constants: [],
  perStep: { rate: ({ rate }) => rate },
  update: (parameter, gradient, _slots, scalars) => ({
    parameter: tf.sub(parameter, tf.mul(gradient, tensorOf(scalars, 'rate'))),
    slots: {},
  }),
};
