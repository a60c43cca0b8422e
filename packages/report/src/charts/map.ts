import { type Edges, edgesOf, stepOf } from './cells.ts';
import type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './chart.ts';
import { mapLegend } from './map-legend.ts';
import { drawMapPanel } from './map-panel.ts';
import { facetsOf, panels } from './panels.ts';
import { fieldsOf, finite, type Point, rowOf } from './rows.ts';
import { axisTitle, paddedDomain } from './scale.ts';
import { type TheoryLine, theoryRows } from './theory.ts';
import { type Warp, warpOf } from './warp.ts';

/** A plane of two hyperparameters: a value in every cell, theory as lines over it. */
export interface PlaneMap {
  /** Default scale linear. */
  readonly x: Axis;
  /** Default scale linear. */
  readonly y: Axis;
  /** What the colours mean; default scale linear. `strong`: which end stands out from the paper, default `high`. */
  readonly value: Axis & { readonly strong?: 'high' | 'low' };
  /** One a point of the grid; null: diverged, shown apart from every value. Points of the grid without one stay paper. */
  readonly cells: readonly {
    readonly x: number;
    readonly y: number;
    readonly value: number | null;
    readonly facet?: string;
  }[];
  /** Series are not told apart here: lines over a map are in ink, solid or dashed. */
  readonly theory?: readonly Omit<TheoryLine, 'series' | 'band'>[];
  /** Found in the plane, with an interval in y: the best rate of each column. */
  readonly points?: readonly (Omit<Point, 'series' | 'y'> & { readonly y: number })[];
  /** What the points are, in the key; default `measured`, or `measured, with interval`. */
  readonly pointsLabel?: string;
  /** Facets beside each other in a wide figure; default 2. */
  readonly columns?: number;
}

/** What the panels of a map share. */
export interface MapFrame {
  readonly warps: { readonly x: Warp; readonly y: Warp; readonly value: Warp };
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly value: Edges;
}

/** Draws a heat map with theory and points over it; all facets have the same axes and colours. */
export function mapChart(data: PlaneMap): Chart {
  const { x, y, value, cells, theory = [], points = [] } = data;
  const frame = frameOf(data);
  const { warps } = frame;
  const edges = {
    x: edgesOf(
      cells.map((cell) => cell.x),
      warps.x,
    ),
    y: edgesOf(
      cells.map((cell) => cell.y),
      warps.y,
    ),
  };
  const rows: Row[] = [
    ...cells.map((cell): Row => {
      const [left, right] = clamped(edges.x.get(cell.x), frame.x);
      const [bottom, top] = clamped(edges.y.get(cell.y), frame.y);
      return {
        kind: cell.value === null ? 'diverged' : 'cell',
        ...(cell.facet === undefined ? {} : { facet: cell.facet }),
        x: finite(cell.x),
        y: finite(cell.y),
        value: cell.value === null ? null : finite(cell.value),
        ...(cell.value === null ? {} : { step: stepOf(cell.value, frame.value, warps.value) }),
        ...{ left, right, bottom, top },
      };
    }),
    ...points.map((point) => rowOf(point, 'measured')),
    ...theoryRows(theory),
  ];
  const fields = fieldsOf(rows, {
    kind: 'kind',
    facet: 'panel',
    x: axisTitle(x),
    y: axisTitle(y),
    value: axisTitle(value),
    low: 'interval from',
    high: 'interval to',
    edge: 'on the edge',
    label: 'label',
  });
  const facets = facetsOf(cells);
  const columns = Math.min(data.columns ?? 2, facets.length);
  const height = columns === 1 ? 360 : columns === 2 ? 270 : 190;
  const spec = (size: ChartSize): VegaLiteSpec =>
    panels({
      rows,
      facets,
      size,
      columns,
      height: size === 'wide' ? height : 240,
      draw: (place) => [
        ...drawMapPanel(data, { rows, frame, place }),
        ...(place.facet === facets[0] ? mapLegend(data, { frame, size, place }) : []),
      ],
    });
  return { rows, fields, spec };
}

/** A cell's reach inside the axis; nothing where it lies beyond. */
function clamped(edges: Edges | undefined, [low, high]: Edges): Edges {
  const [from, to] = edges ?? [low, low];
  const inside = (end: number): number => finite(Math.min(high, Math.max(low, end)));
  return [inside(from), inside(to)];
}

/** Axes that end where the outermost cells do, and the range of the values. */
function frameOf({ x, y, value, cells }: PlaneMap): MapFrame {
  const warps = {
    x: warpOf(x, 'linear'),
    y: warpOf(y, 'linear'),
    value: warpOf(value, 'linear'),
  };
  const ends = (values: readonly number[], warp: Warp): readonly [number, number] => {
    paddedDomain(values, warp);
    const reach = [...edgesOf(values, warp).values()].flat();
    return reach.length === 0 ? paddedDomain([], warp) : [Math.min(...reach), Math.max(...reach)];
  };
  const numbers = cells.flatMap((cell) => (cell.value === null ? [] : [cell.value]));
  return {
    warps,
    x:
      x.domain ??
      ends(
        cells.map((cell) => cell.x),
        warps.x,
      ),
    y:
      y.domain ??
      ends(
        cells.map((cell) => cell.y),
        warps.y,
      ),
    value: value.domain ?? paddedDomain(numbers, warps.value, { below: 0, above: 0 }),
  };
}
