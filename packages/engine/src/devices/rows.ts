import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';
import { arrayKind, sizeOf } from '../tensor-spec.ts';

/** One step's part of arrays that are stacked by step; zeros for those not given. */
export function rowOf(specs: Specs, arrays: Arrays, step: number): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const size = sizeOf(shape);
      const row = arrays[name]?.slice(step * size, (step + 1) * size);
      return [name, row ?? new (arrayKind(dtype))(size)];
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
