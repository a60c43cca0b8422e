import type { RandomStream } from './random-stream.ts';

/**
 * out[r] = Σ_c matrix[r, c] · x[c], for `matrix` `[out.length, x.length]`, row by row. In float64, which
 * is the faster one here: JavaScript would widen each float32 before using it.
 */
export function matrixVector(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  const columns = x.length;
  const even = columns - (columns % 4);
  for (let r = 0, m = 0; r < out.length; r++) {
    // Four sums at once: one alone would wait for each addition.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = 0;
    for (; i < even; i += 4, m += 4) {
      a += (matrix[m] as number) * (x[i] as number);
      b += (matrix[m + 1] as number) * (x[i + 1] as number);
      c += (matrix[m + 2] as number) * (x[i + 2] as number);
      d += (matrix[m + 3] as number) * (x[i + 3] as number);
    }
    for (; i < columns; i++, m++) a += (matrix[m] as number) * (x[i] as number);
    out[r] = a + b + (c + d);
  }
}

/** Copies example `e` of a batch `[batch, row.length]` into `row`. */
export function copyRow(x: Float32Array, e: number, row: Float64Array): void {
  for (let i = 0, at = e * row.length; i < row.length; i++, at++) row[i] = x[at] as number;
}

/**
 * `count` orthonormal vectors of dimension `dim`, row by row, uniform over all such frames:
 * Gram–Schmidt, twice for accuracy, of Gaussian vectors. Throws for more vectors than dimensions.
 */
export function orthonormalFrame(count: number, dim: number, stream: RandomStream): Float64Array {
  if (count > dim) throw new Error(`unknown frame: ${count} directions in ${dim} dimensions`);
  const normals = new Float32Array(count * dim);
  stream.fillNormal(0, normals);
  const frame = Float64Array.from(normals);
  for (let row = 0; row < count; row++) {
    const v = frame.subarray(row * dim, (row + 1) * dim);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other++) {
        const u = frame.subarray(other * dim, (other + 1) * dim);
        const overlap = v.reduce((sum, value, i) => sum + value * (u[i] as number), 0);
        for (let i = 0; i < dim; i++) v[i] = (v[i] as number) - overlap * (u[i] as number);
      }
    }
    const norm = Math.hypot(...v);
    for (let i = 0; i < dim; i++) v[i] = (v[i] as number) / norm;
  }
  return frame;
}
