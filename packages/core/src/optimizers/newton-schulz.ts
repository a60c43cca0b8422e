import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Coefficients of the quintic `a X + b (X Xᵀ) X + c (X Xᵀ)² X` of Muon's authors: fast, with singular values
 * that end between about 0.7 and 1.2 and not at 1. */
const [a, b, c] = [3.4445, -4.775, 2.0315];

/**
 * Orthogonalises every lane's matrix approximately: its singular values are driven to about 1, its singular vectors
 * kept (K. Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024).
 *
 * matrix `[lane, rows, columns]`, epsilon `[lane, 1, 1]` added to the Frobenius norm that it is divided by first.
 * The products run on the smaller side.
 */
export function newtonSchulz(matrix: Tensor, epsilon: Tensor, steps = 5): Tensor {
  const [, rows = 1, columns = 1] = matrix.shape;
  const tall = rows > columns;
  const norm = tf.sqrt(tf.sum(tf.square(matrix), [1, 2], true));
  let x: Tensor = tf.div(matrix, tf.add(norm, epsilon));
  for (let step = 0; step < steps; step++) {
    const gram: Tensor = tall ? tf.matMul(x, x, true, false) : tf.matMul(x, x, false, true);
    const polynomial = tf.add(tf.mul(gram, b), tf.mul(tf.matMul(gram, gram), c));
    const product = tall ? tf.matMul(x, polynomial) : tf.matMul(polynomial, x);
    x = tf.add(tf.mul(x, a), product);
  }
  return x;
}
