import type { Row } from './chart.ts';
import type { Series } from './series.ts';

/** Two strokes at right angles, as a vega symbol path. */
export const CROSS = 'M-1,-1L1,1M-1,1L1,-1';

/** Height in pixels of the strip above the data in which crosses stand, one line a series. */
export function divergedStrip(series: Series): number {
  return 8 * Math.max(1, series.values.length) + 6;
}

/** Crosses at the top of a panel where training diverged, each series on a line of its own so that none hides another. */
export function divergedLayer({
  rows,
  series,
  x,
  colour,
  tooltip,
}: {
  readonly rows: readonly Row[];
  readonly series: Series;
  readonly x: Readonly<Record<string, unknown>>;
  readonly colour: Readonly<Record<string, unknown>>;
  readonly tooltip: unknown;
}): readonly Readonly<Record<string, unknown>>[] {
  const lines: readonly (string | number | undefined)[] =
    series.values.length > 0 ? series.values : [undefined];
  return lines.flatMap((value, line) => {
    const mine = rows.filter((row) => row.kind === 'diverged' && row.series === value);
    if (mine.length === 0) return [];
    return [
      {
        data: { values: mine },
        mark: { type: 'point', shape: CROSS, size: 26, strokeWidth: 1.5, opacity: 0.9 },
        encoding: { x, y: { value: 5 + 8 * line }, color: colour, tooltip },
      },
    ];
  });
}
