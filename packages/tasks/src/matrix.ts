import type { RandomStream } from './random-stream.ts';

/** out[r] = Σ_c matrix[r, c] · x[at + c], for `matrix` `[rows, columns]`, row by row. */
export function matrixVector(
  matrix: Float32Array,
  rows: number,
  columns: number,
  x: Float32Array,
  at: number,
  out: Float32Array,
): void {
  const even = columns - (columns % 4);
  for (let r = 0, m = 0; r < rows; r++) {
    // Four sums at once: one alone would wait for each addition.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = at;
    for (const end = at + even; i < end; i += 4, m += 4) {
      a += (matrix[m] as number) * (x[i] as number);
      b += (matrix[m + 1] as number) * (x[i + 1] as number);
      c += (matrix[m + 2] as number) * (x[i + 2] as number);
      d += (matrix[m + 3] as number) * (x[i + 3] as number);
    }
    for (const end = at + columns; i < end; i++, m++) {
      a += (matrix[m] as number) * (x[i] as number);
    }
    out[r] = a + b + (c + d);
  }
}

/**
 * `count` orthonormal vectors of dimension `dim`, row by row, uniform over all such frames:
 * Gram–Schmidt, twice for accuracy, of Gaussian vectors. Throws for more vectors than dimensions.
 */
export function orthonormalFrame(count: number, dim: number, stream: RandomStream): Float32Array {
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
  return Float32Array.from(frame);
}
