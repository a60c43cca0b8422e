import * as tf from '@tensorflow/tfjs';
import { tensorOf } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/** SignSGD (1802.04434, Algorithm 1): `W ← W − η sign(g)`. Three passes. */
export const signsgd: UpdateRule = {
  family: 'adam',
  slots: [],
  constants: [],
  perStep: { rate: ({ rate }) => rate },
  update: (parameter, gradient, _slots, scalars) => ({
    parameter: tf.sub(parameter, tf.mul(tf.sign(gradient), tensorOf(scalars, 'rate'))),
    slots: {},
  }),
};
