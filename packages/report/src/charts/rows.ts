import type { Row } from './chart.ts';

/** A point as charts take it. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
  readonly low?: number;
  readonly high?: number;
  readonly series?: string | number;
  readonly facet?: string;
  readonly edge?: boolean;
}

/** A number to seven digits: float32, and half the size of a page; throws where it is not finite. */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`unusable value: ${value} (a finite number)`);
  return Number(value.toPrecision(7));
}

/** A row of the data of a point; a point without a value becomes one of the kind `diverged`. */
export function rowOf(point: Point, kind: string): Row {
  const { facet, series, x, y, low, high, edge } = point;
  return {
    kind: y === null ? 'diverged' : kind,
    ...(facet === undefined ? {} : { facet }),
    ...(series === undefined ? {} : { series }),
    x: Number.isFinite(x) ? x : finite(x),
    y: y === null ? null : finite(y),
    ...(low === undefined ? {} : { low: finite(low) }),
    ...(high === undefined ? {} : { high: finite(high) }),
    ...(edge === undefined ? {} : { edge }),
  };
}

/** Those of the fields that some row has, with their names. */
export function fieldsOf(
  rows: readonly Row[],
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).filter(([field]) => rows.some((row) => row[field] !== undefined)),
  );
}
