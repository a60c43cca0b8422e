import { Matrix } from 'ml-matrix';

/**
 * W_{l+1}ᵀ W_{l+1} − W_l W_lᵀ between consecutive layers of a linear net, `[layer − 1, hidden, hidden]`.
 *
 * Gradient flow conserves every entry, whatever the loss; gradient descent changes it by O(learning rate) over a given
 * time (1312.6120). For ReLU layers only the diagonals are conserved. Weights are `[out, in]`, the first layer first.
 * Throws where two layers do not fit.
 */
export function layerBalance(weights: readonly (readonly (readonly number[])[])[]): number[][][] {
  const matrices = weights.map((weight) => new Matrix(weight.map((row) => [...row])));
  return matrices.slice(1).map((upper, l) => {
    const lower = matrices[l] as Matrix;
    if (upper.columns !== lower.rows) {
      throw new Error(`layers that do not fit: ${lower.rows} outputs, ${upper.columns} inputs`);
    }
    return Matrix.sub(upper.transpose().mmul(upper), lower.mmul(lower.transpose())).to2DArray();
  });
}
