import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Added to the mean square: far below that of any stream that learns, so that norms are scale-invariant in effect. */
export const NORM_EPSILON = 1e-6;

/** What a normalization looks at. */
export interface Statistics {
  /** The axis that statistics are taken over: −1 the features of each row, −2 the rows of each feature. */
  readonly axis: -1 | -2;
  /** Whether the mean is subtracted first. */
  readonly centred: boolean;
  /** The exponent s, 1 by default. */
  readonly strength?: number;
  readonly epsilon?: number;
}

/**
 * `y = c/(mean c² + ε)^{s/2}` of h `[..., rows, features]`, with `c = h − mean h` where centred, else `c = h`.
 *
 * Its gradient is written out, fewer passes than the tape's: with `x̂ = c/√(mean c² + ε)`,
 * `(dy − mean dy − s x̂ mean(dy x̂))/(mean c² + ε)^{s/2}`, without `mean dy` where not centred.
 */
export function normalize(
  h: Tensor,
  { axis, centred, strength = 1, epsilon = NORM_EPSILON }: Statistics,
): Tensor {
  const along = (x: Tensor): Tensor => tf.mean(x, axis, true);
  const project = (x: Tensor): Tensor => (centred ? tf.sub(x, along(x)) : x);
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const c = project(input);
    const scale = tf.add(along(tf.square(c)), epsilon);
    const inverse = tf.div(1, tf.sqrt(scale));
    const unit: Tensor = tf.mul(c, inverse);
    const whole = strength === 1;
    const factor: Tensor = whole ? inverse : tf.pow(scale, -strength / 2);
    save([unit, factor]);
    return {
      value: whole ? unit : tf.mul(c, factor),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, by] = saved as [Tensor, Tensor];
        const part = along(tf.mul(dy, x));
        const share = whole ? part : tf.mul(part, strength);
        return tf.mul(tf.sub(project(dy), tf.mul(x, share)), by);
      },
    };
  });
  return op(h);
}
