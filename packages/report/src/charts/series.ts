import type { ChartSize } from './chart.ts';
import { categoryTokens, rampTokens } from './palette.ts';
import { textEms } from './text-width.ts';

/** The series of a chart in order: numbers ascending in sequential colours, names as they appear in distinct ones. */
export interface Series {
  readonly values: readonly (string | number)[];
  readonly colours: readonly string[];
}

/** Collects the series of points. */
export function seriesOf(points: readonly { readonly series?: string | number }[]): Series {
  const values = [...new Set(points.flatMap((p) => (p.series === undefined ? [] : [p.series])))];
  const ordered = values.every((value) => typeof value === 'number');
  if (ordered) values.sort((a, b) => Number(a) - Number(b));
  return {
    values,
    colours:
      ordered && values.length > 0 ? rampTokens(values.length) : categoryTokens(values.length),
  };
}

/** The colour channel of series, with one legend above the figure; one colour where there are none. */
export function colourOf(
  { values, colours }: Series,
  title: string,
  size: ChartSize,
): Readonly<Record<string, unknown>> {
  if (values.length === 0) return { value: categoryTokens(1)[0] };
  return {
    field: 'series',
    type: typeof values[0] === 'number' ? 'ordinal' : 'nominal',
    scale: { domain: values, range: colours },
    legend:
      values.length === 1
        ? null
        : { title, symbolType: 'stroke', columns: legendColumns(values, size) },
  };
}

/** How many entries of a legend stand beside each other: all where they fit, or as many as the longest lets. */
function legendColumns(values: readonly (string | number)[], size: ChartSize): number {
  const room = size === 'wide' ? 640 : 250;
  const lengths = values.map((value) => 34 + 11 * textEms(String(value)));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return all <= room ? values.length : Math.max(1, Math.floor(room / Math.max(...lengths)));
}
