import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter } from '../parameter.ts';
import type { WeightKind } from '../shape.ts';
import { normalize } from './normalize.ts';

/** Beside the mean square of a column's entries, which is 1/fanIn at the start. */
const EPSILON = 1e-12;

/**
 * A weight of which only the direction counts, and its gain `<weight>-gain` `[1, fanOut]`.
 *
 * Over the width the gain is as a norm's. The weight keeps the rates and deviation of its class: at the start its
 * columns are of length 1 at every width in every parameterization, and turn as those of a plain weight would; whatever
 * multiplier is absorbed into it only scales it and its rate, which a normalised weight does not see. What the layer
 * computes is multiplied by goes into the gain.
 */
export function weightGain(weight: Parameter, kind: WeightKind): readonly Parameter[] {
  const { name, role, fanOut, scales, place } = weight;
  return [
    { ...weight, direction: kind === 'spherical' ? 'sphere' : 'free' },
    {
      ...{ name: `${name}-gain`, role: 'weight-gain', gainOf: { name, role } },
      ...{ shape: [1, fanOut], fanIn: 1, fanOut, scales: { fanIn: false, fanOut: scales.fanOut } },
      ...(place === undefined ? {} : { place }),
    },
  ];
}

/** `g v/‖v‖` for every column v of weight `[lane, fanIn, fanOut]`, its mean subtracted where centred. */
export function unitWeight(
  weight: Tensor,
  { gain, centred }: { readonly gain: Tensor; readonly centred: boolean },
): Tensor {
  const fanIn = weight.shape.at(-2) ?? 1;
  if (centred && fanIn < 2) throw new Error(`unknown fan-in: ${fanIn} (2 or more, standardised)`);
  const unit = normalize(weight, { axis: -2, centred, epsilon: EPSILON });
  return tf.mul(unit, tf.mul(gain, 1 / Math.sqrt(fanIn)));
}

/** The columns of weight `[lane, fanIn, fanOut]` brought to the root mean square `radius` `[lane, 1, 1]`. */
export function onSphere(weight: Tensor, radius: Tensor): Tensor {
  const square = tf.mean(tf.square(weight), -2, true);
  return tf.mul(weight, tf.div(radius, tf.sqrt(tf.add(square, EPSILON))));
}
