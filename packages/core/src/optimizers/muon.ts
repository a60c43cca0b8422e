import * as tf from '@tensorflow/tfjs';
import { knobOf } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';
import { tensorOf } from '../tensors.ts';
import { adam } from './adam.ts';
import { newtonSchulz } from './newton-schulz.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Muon's rule for a hidden matrix (K. Jordan et al. 2024): Nesterov momentum, orthogonalised per lane:
 * `N ← μ (N + g)`, `W ← W − η NewtonSchulz(g + N)`.
 *
 * The authors' factor `√max(1, fanOut/fanIn)` on the rate is `muon`'s. Their momentum is an
 * average (`(1 − μ) g`), a scale that the orthogonalisation removes and that here divides ε.
 */
export const muonMatrix: UpdateRule = {
  family: 'muon',
  slots: ['n'],
  constants: ['momentum'],
  perStep: {
    rate: ({ rate }) => rate,
    epsilon: ({ epsilon, knobs }) => epsilon / (1 - knobOf(knobs, 'momentum')),
  },
  update: (parameter, gradient, slots, scalars) => {
    const n = tf.mul(tf.add(tensorOf(slots, 'n'), gradient), tensorOf(scalars, 'momentum'));
    const direction = newtonSchulz(tf.add(gradient, n), tensorOf(scalars, 'epsilon'));
    return {
      parameter: tf.sub(parameter, tf.mul(direction, tensorOf(scalars, 'rate'))),
      slots: { n },
    };
  },
};

/** Adam at `adamRatio` times the learning rate, for the tensors that Muon's authors leave to it. */
export const muonAdam: UpdateRule = {
  ...adam,
  rateFactor: (knobs) => knobOf(knobs, 'adamRatio'),
};

/** Muon: matrices of hidden layers and experts orthogonalised; input and output layers, routers and biases by Adam. */
export function muon({ role, fanIn, fanOut }: Parameter): UpdateRule {
  if (role !== 'hidden' && role !== 'expert-up' && role !== 'expert-down') return muonAdam;
  const factor = Math.sqrt(fanOut / fanIn);
  return factor > 1 ? { ...muonMatrix, rateFactor: () => factor } : muonMatrix;
}
