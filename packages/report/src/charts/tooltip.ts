import type { Axis, Row } from './chart.ts';
import { axisTitle } from './scale.ts';

/** A line of a tooltip: a field of the row, its name, and how numbers are written. */
export function hover(
  ...lines: readonly (readonly [field: string, title: string, format?: string])[]
): readonly Readonly<Record<string, unknown>>[] {
  return lines.map(([field, title, format]) => ({
    field,
    title,
    ...(format === undefined ? {} : { format, type: 'quantitative' }),
  }));
}

/** Tooltip lines of a measured point; those of the interval, series and facet only where the rows have them. */
export function hoverPoint(
  rows: readonly Row[],
  { x, y, series }: { readonly x: Axis; readonly y: Axis; readonly series?: string },
): readonly Readonly<Record<string, unknown>>[] {
  const has = (field: string): boolean => rows.some((row) => row[field] != null);
  return hover(
    ...(has('facet') ? [['facet', 'panel'] as const] : []),
    ...(has('series') ? [['series', series ?? 'series'] as const] : []),
    ['x', axisTitle(x), '.4~g'],
    ...(has('y') ? [['y', axisTitle(y), '.4~g'] as const] : []),
    ...(has('low') ? [['low', 'interval from', '.4~g'] as const] : []),
    ...(has('high') ? [['high', 'interval to', '.4~g'] as const] : []),
  );
}
