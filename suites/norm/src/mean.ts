import type { StandardError } from '@hyperlaw/report';

/** Arithmetic mean. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Seed by seed the mean of several rows, `[row][seed]`. */
export const seedMeans = (rows: readonly (readonly number[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, seed) => mean(rows.map((row) => row[seed] as number)));

/** The standard error of the mean of independent values, with its degrees of freedom. */
export function meanError(values: readonly number[]): StandardError {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const degrees = values.length - 1;
  return { error: Math.sqrt(squares / degrees / values.length), degrees };
}
