import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';
import { arrayKind, sizeOf } from '../tensor-spec.ts';

/** One step's part of arrays that are stacked by step. */
export function rowOf(specs: Specs, arrays: Arrays, step: number): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => {
      const size = sizeOf(shape);
      return [name, (arrays[name] as HostArray).slice(step * size, (step + 1) * size)];
    }),
  );
}

/** Room for what some steps report, stacked by step. */
export function emptyColumns(specs: Specs, steps: number): Record<string, HostArray> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      new (arrayKind(dtype))(steps * sizeOf(shape)),
    ]),
  );
}

/** Writes arrays of one or several steps, from a row on. */
export function setRow(columns: Arrays, arrays: Arrays, row: number, steps = 1): void {
  for (const [name, column] of Object.entries(columns)) {
    const values = arrays[name] as HostArray;
    column.set(values, (row * values.length) / steps);
  }
}
