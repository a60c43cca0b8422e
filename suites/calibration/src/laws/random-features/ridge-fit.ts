import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Features of samples, `[sample, feature]` of a larger array's leading block, and labels. */
export interface Design {
  /** Row by row, `stride` numbers each. */
  readonly features: ArrayLike<number>;
  readonly stride: number;
  readonly labels: ArrayLike<number>;
  readonly samples: number;
  readonly count: number;
}

/** Weights of the features, and the mean squared error on the samples. */
export interface RidgeFit {
  readonly weights: Float64Array;
  readonly trainError: number;
}

/**
 * Fits (1/k) Σ g gᵀ + δ for several ridges, in float64: solved among samples or features, whichever are fewer. The
 * fitted function is Σ weights · features.
 */
export function ridgeFits(design: Design, ridges: readonly number[]): readonly RidgeFit[] {
  const { samples: n, count: k, labels } = design;
  const phi = blockOf(design);
  const y = Matrix.columnVector(Array.from({ length: n }, (_, i) => labels[i] as number));
  const transposed = phi.transpose();
  const few = n < k;
  const gram = (few ? phi.mmul(transposed) : transposed.mmul(phi)).div(k);
  const right = few ? y : transposed.mmul(y).div(k);
  return ridges.map((ridge) => {
    const damped = gram.clone();
    for (let i = 0; i < damped.rows; i++) damped.set(i, i, gram.get(i, i) + ridge);
    // Products of the same numbers in another order may differ in the last digit.
    const solved = new CholeskyDecomposition(symmetric(damped)).solve(right);
    const weights = few ? transposed.mmul(solved).div(k) : solved;
    const residual = Matrix.sub(phi.mmul(weights), y).norm('frobenius');
    return { weights: Float64Array.from(weights.to1DArray()), trainError: residual ** 2 / n };
  });
}

function blockOf({ features, stride, samples, count }: Design): Matrix {
  const values = new Float64Array(samples * count);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < count; j++) values[i * count + j] = features[i * stride + j] as number;
  }
  return Matrix.from1DArray(samples, count, values);
}

function symmetric(matrix: Matrix): Matrix {
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < i; j++) matrix.set(i, j, matrix.get(j, i));
  }
  return matrix;
}
