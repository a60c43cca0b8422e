import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { MixtureOf, Parameter } from '../parameter.ts';
import type { Tensors } from '../tensors.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * A rule that looks at whole matrices, for the tensors of experts: each expert's matrix by itself, as if it were a lane.
 * Rules that go number by number need none of it.
 */
export function perExpert(rule: UpdateRule, { mixture, shape }: Parameter): UpdateRule {
  if (mixture?.stacked === undefined) return rule;
  const { unstack, stack } = stacking(mixture, shape);
  const each = (tensors: Tensors, map: (x: Tensor) => Tensor): Tensors =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)]));
  const spread = (scalar: Tensor) => {
    const [lanes = 1] = scalar.shape;
    return tf.reshape(tf.tile(scalar, [1, mixture.count, 1]), [lanes * mixture.count, 1, 1]);
  };
  return {
    ...rule,
    update: (parameter, gradient, slots, scalars) => {
      const next = rule.update(
        unstack(parameter),
        unstack(gradient),
        each(slots, unstack),
        each(scalars, spread),
      );
      return { parameter: stack(next.parameter), slots: each(next.slots, stack) };
    },
  };
}

/** Between `[lane, ...shape]` and the experts' own matrices, `[lane · count, rows, columns]`. */
function stacking({ count, stacked }: MixtureOf, [rows, columns]: readonly [number, number]) {
  const [height, width] = stacked === 'rows' ? [rows / count, columns] : [rows, columns / count];
  const flat = (x: Tensor) => tf.reshape(x, [-1, height, width]);
  if (stacked === 'rows') {
    return { unstack: flat, stack: (x: Tensor) => tf.reshape(x, [-1, rows, columns]) };
  }
  return {
    unstack: (x: Tensor) =>
      flat(tf.transpose(tf.reshape(x, [-1, height, count, width]), [0, 2, 1, 3])),
    stack: (x: Tensor) => {
      const apart = tf.reshape(x, [-1, count, height, width]);
      return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [-1, rows, columns]);
    },
  };
}
