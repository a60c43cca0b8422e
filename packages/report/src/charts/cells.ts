import { MAP_STEPS } from './palette.ts';
import type { Warp } from './warp.ts';

/** A cell's reach along one axis. */
export type Edges = readonly [low: number, high: number];

/** Where the cells of a grid end: halfway to their neighbours as the axis draws it, the outermost as far out as in. */
export function edgesOf(values: readonly number[], { to, from }: Warp): ReadonlyMap<number, Edges> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const bent = sorted.map(to);
  const at = (i: number): number => bent[i] ?? 0;
  const last = bent.length - 1;
  return new Map(
    sorted.map((value, i) => {
      const below = i > 0 ? at(i) - at(i - 1) : last > 0 ? at(1) - at(0) : 1;
      const above = i < last ? at(i + 1) - at(i) : last > 0 ? at(last) - at(last - 1) : 1;
      return [value, [from(at(i) - below / 2), from(at(i) + above / 2)]];
    }),
  );
}

/** The colour step of a value in a range, 0 to MAP_STEPS − 1; values beyond take the end's. */
export function stepOf(value: number, [low, high]: Edges, { to }: Warp): number {
  const share = (to(value) - to(low)) / (to(high) - to(low));
  return Math.min(MAP_STEPS - 1, Math.max(0, Math.floor(share * MAP_STEPS)));
}
