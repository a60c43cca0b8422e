/** Arithmetic mean. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Seed by seed the mean of several rows, `[row][seed]`. */
export const seedMeans = (rows: readonly (readonly number[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, seed) => mean(rows.map((row) => row[seed] as number)));
