import { Matrix, QrDecomposition } from 'ml-matrix';

/** For tests: a random orthogonal matrix. */
export function randomOrthogonal(size: number, normal: () => number): Matrix {
  const gaussian = Matrix.from1DArray(size, size, Array.from({ length: size * size }, normal));
  return new QrDecomposition(gaussian).orthogonalMatrix;
}

/** For tests: the product of the weights, the last layer leftmost. */
export const mapOf = (weights: readonly Matrix[]): Matrix =>
  weights.slice(1).reduce((product, weight) => weight.mmul(product), weights[0] as Matrix);

/** For tests: gradient descent of a linear net on ½ ‖target − map‖², layer by layer as written. */
export function descend(
  initial: readonly Matrix[],
  target: Matrix,
  { learningRate, steps }: { learningRate: number; steps: number },
): Matrix[] {
  let weights = [...initial];
  for (let t = 0; t < steps; t++) {
    const residual = Matrix.sub(target, mapOf(weights));
    weights = weights.map((weight, l) => {
      const identity = (size: number) => Matrix.eye(size, size);
      const above = weights.slice(l + 1);
      const below = weights.slice(0, l);
      const left = above.length > 0 ? mapOf(above) : identity(weight.rows);
      const right = below.length > 0 ? mapOf(below) : identity(weight.columns);
      const gradient = left.transpose().mmul(residual).mmul(right.transpose());
      return Matrix.add(weight, gradient.mul(learningRate));
    });
  }
  return weights;
}
