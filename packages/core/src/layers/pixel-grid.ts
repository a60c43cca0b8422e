import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** The 3 × 3 window around a pixel, row by row, as offsets. */
const WINDOW = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => ({ dy, dx })));

/** Pixels of a window. */
export const TAPS = WINDOW.length;

/** The order of a window's pixels, row by row or its opposite. */
export type WindowOrder = 'by-rows' | 'mirrored';

/**
 * For every pixel of a square image the nine around it, h `[lane, batch · side², channels]` to `[lane, batch · side²,
 * 9 · channels]`, zeros outside the image, row by row or (`mirrored`) in the opposite order. One gather of rows, no
 * products.
 */
export function windowsOf(
  h: Tensor,
  { side, order = 'by-rows' }: { readonly side: number; readonly order?: WindowOrder },
): Tensor {
  const [lanes = 1, rows = 1, channels = 1] = h.shape;
  const pixels = side * side;
  const images = tf.reshape(h, [(lanes * rows) / pixels, pixels, channels]);
  const outside = tf.zeros([images.shape[0] as number, 1, channels]);
  const padded = tf.concat([images, outside], 1);
  const gathered = tf.gather(padded, neighbours(side, order), 1);
  return tf.reshape(gathered, [lanes, rows, TAPS * channels]);
}

/** Positions of every pixel's window, `side²` for what is outside: int32 `[side² · 9]`. */
function neighbours(side: number, order: WindowOrder): Tensor {
  const inside = (at: number) => at >= 0 && at < side;
  const offsets = order === 'mirrored' ? [...WINDOW].reverse() : WINDOW;
  const positions = Array.from({ length: side * side }, (_, pixel) =>
    offsets.map(({ dy, dx }) => {
      const [y, x] = [Math.floor(pixel / side) + dy, (pixel % side) + dx];
      return inside(y) && inside(x) ? y * side + x : side * side;
    }),
  ).flat();
  return tf.tensor1d(positions, 'int32');
}

/**
 * Averages squares of `size` × `size` pixels, h `[lane, batch · side², channels]` to `[lane, batch · ⌊side/size⌋²,
 * channels]`; what is left over at the right and below is not looked at. A product with a constant matrix.
 */
export function averageSquares(
  h: Tensor,
  { side, size }: { readonly side: number; readonly size: number },
): Tensor {
  const [lanes = 1, rows = 1, channels = 1] = h.shape;
  const [pixels, images] = [side * side, rows / (side * side)];
  const end = Math.floor(side / size);
  const average = new Float32Array(end * end * pixels);
  for (let y = 0; y < end * size; y++) {
    for (let x = 0; x < end * size; x++) {
      const to = Math.floor(y / size) * end + Math.floor(x / size);
      average[to * pixels + y * side + x] = 1 / (size * size);
    }
  }
  const matrix = tf.tensor3d(average, [1, end * end, pixels]);
  const pooled = tf.matMul(matrix, tf.reshape(h, [lanes * images, pixels, channels]));
  return tf.reshape(pooled, [lanes, images * end * end, channels]);
}
