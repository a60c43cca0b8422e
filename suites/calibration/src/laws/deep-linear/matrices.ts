import type { RandomStream } from '@hyperlaw/tasks';

/** A matrix row by row, in float64. */
export type Matrix = readonly (readonly number[])[];

export const transpose = (a: Matrix): Matrix =>
  (a[0] ?? []).map((_, j) => a.map((row) => row[j] as number));

/** The product, `[rows of a, columns of b]`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

const dot = (u: readonly number[], v: readonly number[]): number =>
  u.reduce((sum, value, i) => sum + value * (v[i] as number), 0);

/** A matrix out of a flat array. */
export function columnsOf(
  values: ArrayLike<number>,
  {
    rows,
    columns,
    start,
  }: { readonly rows: number; readonly columns: number; readonly start: number },
): Matrix {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => values[start + i * columns + j] as number),
  );
}

/** Random orthonormal columns, by Gram and Schmidt, twice over so that float64's round-off is all that is left. */
export function orthonormalColumns(rows: number, columns: number, stream: RandomStream): Matrix {
  if (columns > rows) throw new Error(`too many columns: ${columns} (at most ${rows})`);
  const gaussian = new Float32Array(rows * columns);
  stream.fillNormal(0, gaussian);
  const basis: number[][] = [];
  for (let k = 0; k < columns; k++) {
    let vector = Array.from({ length: rows }, (_, i) => gaussian[k * rows + i] as number);
    for (const earlier of [...basis, ...basis]) {
      const along = dot(vector, earlier);
      vector = vector.map((value, i) => value - along * (earlier[i] as number));
    }
    const norm = Math.sqrt(dot(vector, vector));
    basis.push(vector.map((value) => value / norm));
  }
  return transpose(basis);
}
