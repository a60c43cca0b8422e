import { type ChartSize, type Row, SCHEMA, type VegaLiteSpec } from './chart.ts';
import { token } from './palette.ts';
import { theme } from './theme.ts';

/** Drawn width of a whole figure in pixels. */
export const FIGURE_WIDTH = { wide: 720, narrow: 328 } as const;

/** Room left of a panel for its vertical axis. */
const AXIS_ROOM = 56;

/** What a panel is told about its place. */
export interface Place {
  readonly facet: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Stands in the first column: its vertical axis is titled. */
  readonly first: boolean;
  /** Has nothing below it in its column: its horizontal axis is titled. */
  readonly last: boolean;
}

/** Names of the facets in the order in which they first appear; one unnamed facet where there are none. */
export function facetsOf(
  points: readonly { readonly facet?: string }[],
): readonly (string | undefined)[] {
  return [...new Set(points.map((point) => point.facet))];
}

/** A figure of one panel a facet, beside each other where it is wide and below each other where it is narrow. */
export function panels({
  rows,
  facets,
  size,
  columns,
  narrowColumns = 1,
  height,
  draw,
}: {
  readonly rows: readonly Row[];
  readonly facets: readonly (string | undefined)[];
  readonly size: ChartSize;
  /** Columns of the wide figure. */
  readonly columns: number;
  /** Columns of the narrow figure; default 1. */
  readonly narrowColumns?: number;
  readonly height: number;
  readonly draw: (place: Place) => readonly Readonly<Record<string, unknown>>[];
}): VegaLiteSpec {
  const across = Math.min(size === 'narrow' ? narrowColumns : columns, facets.length);
  const width = Math.floor((FIGURE_WIDTH[size] - 12) / across) - AXIS_ROOM;
  const drawn = facets.map((facet, i) => ({
    width,
    height,
    layer: [
      ...(facet === undefined ? [] : [panelTitle(facet, width)]),
      ...draw({
        facet,
        width,
        height,
        first: i % across === 0,
        last: i + across >= facets.length,
      }),
    ],
  }));
  const common = {
    $schema: SCHEMA,
    config: theme,
    datasets: { rows },
    data: { name: 'rows' },
  };
  const [only] = drawn;
  if (drawn.length === 1 && only) return { ...common, ...only };
  return {
    ...common,
    concat: drawn,
    columns: across,
    spacing: { row: 56, column: AXIS_ROOM },
    align: 'each',
    bounds: 'flush',
  };
}

/** A panel's name above it, as a mark, so that panels line up whatever else they hold. */
export function panelTitle(name: string, width: number): Readonly<Record<string, unknown>> {
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      text: name,
      align: 'left',
      baseline: 'bottom',
      fontSize: 12.5,
      fontWeight: 600,
      color: token('ink'),
      limit: width + 40,
    },
    encoding: { x: { value: 0 }, y: { value: -8 } },
  };
}

/** Keeps the rows of a facet and a kind. */
export function only(facet: string | undefined, kind: string): readonly [unknown] {
  const ofKind = { field: 'kind', equal: kind };
  if (facet === undefined) return [{ filter: ofKind }];
  return [{ filter: { and: [{ field: 'facet', equal: facet }, ofKind] } }];
}
