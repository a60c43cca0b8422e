import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Added to the mean square: far below that of any stream that learns, so that norms are scale-invariant in effect. */
export const NORM_EPSILON = 1e-6;

/** A map of features `[..., features]` to unit mean square over the last axis. */
export type Normalize = (h: Tensor) => Tensor;

/**
 * `x̂ = h/√(mean h² + ε)` over the last axis (1910.07467).
 *
 * Its gradient is written out, fewer passes than the tape's: `(dy − x̂ mean(dy x̂))/√(mean h² + ε)`.
 */
export const rmsNormalize: Normalize = (h) =>
  normalizeOp(h, {
    centre: (input) => input,
    project: (dy) => dy,
  });

/**
 * `x̂ = (h − mean h)/√(var h + ε)` over the last axis (1607.06450); gradient
 * `(dy − mean dy − x̂ mean(dy x̂))/√(var h + ε)`.
 */
export const layerNormalize: Normalize = (h) => {
  const withoutMean = (x: Tensor): Tensor => tf.sub(x, tf.mean(x, -1, true));
  return normalizeOp(h, { centre: withoutMean, project: withoutMean });
};

function normalizeOp(
  h: Tensor,
  { centre, project }: { readonly centre: Normalize; readonly project: Normalize },
): Tensor {
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const centred = centre(input);
    const meanSquare = tf.mean(tf.square(centred), -1, true);
    const inverse = tf.div(1, tf.sqrt(tf.add(meanSquare, NORM_EPSILON)));
    const value: Tensor = tf.mul(centred, inverse);
    save([value, inverse]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [unit, scale] = saved as [Tensor, Tensor];
        const along = tf.mean(tf.mul(dy, unit), -1, true);
        return tf.mul(tf.sub(project(dy), tf.mul(unit, along)), scale);
      },
    };
  });
  return op(h);
}
