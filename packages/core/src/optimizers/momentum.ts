import * as tf from '@tensorflow/tfjs';
import { tensorOf } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Heavy-ball momentum (Polyak 1964): `M ← μ M + g`, `W ← W − η M`. Four passes.
 * A rate that changes acts on the whole of M, as in the common frameworks.
 */
export const momentum: UpdateRule = {
  family: 'sgd',
  slots: ['m'],
  constants: ['momentum'],
  perStep: { rate: ({ rate }) => rate },
  update: (parameter, gradient, slots, scalars) => {
    const m = tf.add(tf.mul(tensorOf(slots, 'm'), tensorOf(scalars, 'momentum')), gradient);
    return { parameter: tf.sub(parameter, tf.mul(m, tensorOf(scalars, 'rate'))), slots: { m } };
  },
};
