import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Slowest frequency's base of 2104.09864. */
const BASE = 10_000;

/**
 * Rotary positions (2104.09864): x `[n, heads, rows, headSize]`, windows of `context` rows one after the other, with every
 * pair of features (i, i + headSize/2) at position p of its window turned by `p · 10000^{−2i/headSize}`, all times
 * `scale`.
 *
 * `x cos + (x R) sin` with R the signed permutation that turns pairs by 90°: a product with one term a sum, so exact.
 */
export function rotate(
  x: Tensor,
  { context, scale = 1 }: { readonly context: number; readonly scale?: number },
): Tensor {
  const [n = 1, heads = 1, span = 1, size = 1] = x.shape;
  const half = size / 2;
  const angle = (p: number, i: number) => p * BASE ** (-(i % half) / half);
  const table = (f: (angle: number) => number) =>
    tf.tensor(
      Float32Array.from(
        { length: span * size },
        (_, at) => scale * f(angle(Math.floor(at / size) % context, at % size)),
      ),
      [1, span, size],
    );
  const turn = new Float32Array(size * size);
  for (let i = 0; i < half; i++) {
    turn[(i + half) * size + i] = -1;
    turn[i * size + i + half] = 1;
  }
  const rows = tf.reshape(x, [n * heads, span, size]);
  const turned = tf.matMul(rows, tf.tensor(turn, [1, size, size]));
  const sum = tf.add(tf.mul(rows, table(Math.cos)), tf.mul(turned, table(Math.sin)));
  return tf.reshape(sum, x.shape);
}
