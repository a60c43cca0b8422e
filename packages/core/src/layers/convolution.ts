import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { TAPS, windowsOf } from './pixel-grid.ts';

/**
 * A 3 × 3 convolution of square images, zeros around them, by lane: h `[lane, batch · side², in]` and weight `[lane,
 * 9 · in, out]`, rows by window position and then channel, to `[lane, batch · side², out]`.
 *
 * Windows are laid out as rows, and one product does the rest. Its gradient is written out, a product each too: of the
 * weight `windows(h)ᵀ dz`, and of h a convolution again, of dz with mirrored windows and every position's matrix
 * transposed, where the tape would scatter and add.
 */
export function convolve(h: Tensor, weight: Tensor, { side }: { readonly side: number }): Tensor {
  const op = tf.customGrad((...args) => {
    const [input, kernel, save] = args as [Tensor, Tensor, (tensors: Tensor[]) => void];
    const windows = windowsOf(input, { side });
    save([windows, kernel]);
    return {
      value: tf.matMul(windows, kernel),
      gradFunc: (dz: Tensor, saved: Tensor[]) => {
        const [seen, w] = saved as [Tensor, Tensor];
        return [
          tf.matMul(windowsOf(dz, { side, order: 'mirrored' }), turned(w)),
          tf.matMul(seen, dz, true, false),
        ];
      },
    };
  });
  return op(h, weight);
}

/** Every window position's matrix transposed: `[lane, 9 · in, out]` to `[lane, 9 · out, in]`. */
function turned(weight: Tensor): Tensor {
  const [lanes = 1, rows = 1, out = 1] = weight.shape;
  const byTap = tf.reshape(weight, [lanes, TAPS, rows / TAPS, out]);
  return tf.reshape(tf.transpose(byTap, [0, 1, 3, 2]), [lanes, TAPS * out, rows / TAPS]);
}
