import type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './chart.ts';
import { facetsOf, only, type Place, panels } from './panels.ts';
import { fieldsOf, type Point, rowOf } from './rows.ts';
import { axisTitle, paddedDomain, position } from './scale.ts';
import { colourOf, type Series, seriesOf } from './series.ts';
import { hoverPoint } from './tooltip.ts';
import { warpOf } from './warp.ts';

/** Loss against training steps, one line per series, with an optional band over seeds. */
export interface TrainingCurves {
  /** Default scale linear. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  readonly series: { readonly title: string };
  readonly points: readonly (Omit<Point, 'y' | 'series' | 'edge'> & {
    readonly y: number;
    readonly series: string | number;
  })[];
  /** Facets beside each other in a wide figure; default 2. */
  readonly columns?: number;
}

/** Draws training curves; `low` and `high` become a band. */
export function trainingCurvesChart(data: TrainingCurves): Chart {
  const { x, y, points } = data;
  const rows = points.map((point) => rowOf(point, 'measured'));
  const series = seriesOf(points);
  const facets = facetsOf(points);
  const spec = (size: ChartSize): VegaLiteSpec =>
    panels({
      rows,
      facets,
      size,
      columns: data.columns ?? 2,
      height: size === 'wide' && facets.length < 3 ? 280 : 190,
      draw: (place) => drawPanel({ data, rows, series, place, size }),
    });
  const fields = fieldsOf(rows, {
    facet: 'panel',
    series: data.series.title,
    x: axisTitle(x),
    y: axisTitle(y),
    low: 'band from',
    high: 'band to',
  });
  return { rows, fields, spec };
}

function drawPanel({
  data,
  rows,
  series,
  place,
  size,
}: {
  readonly data: TrainingCurves;
  readonly rows: readonly Row[];
  readonly series: Series;
  readonly place: Place;
  readonly size: ChartSize;
}): readonly Readonly<Record<string, unknown>>[] {
  const { x, y, points } = data;
  const mine = rows.filter((row) => row.facet === place.facet);
  const [xWarp, yWarp] = [warpOf(x, 'linear'), warpOf(y, 'log10')];
  const numbers = mine.flatMap((row) =>
    [row.y, row.low, row.high].filter((value) => typeof value === 'number'),
  );
  const shown = numbers.filter((value) => !yWarp.positive || value > 0);
  const across = position(x, {
    kind: xWarp.kind,
    domain:
      x.domain ??
      paddedDomain(
        points.map((p) => p.x),
        xWarp,
        { below: 0, above: 0.02 },
      ),
    most: size === 'wide' ? 7 : 5,
    titled: place.last,
  });
  const up = position(y, {
    kind: yWarp.kind,
    domain: y.domain ?? paddedDomain(shown, yWarp),
    most: 5,
    titled: place.first,
  });
  const colour = colourOf(series, data.series.title, size);
  const xChannel = { field: 'x', type: 'quantitative', scale: across.scale, axis: across.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: up.scale, axis: up.axis };
  const transform = only(place.facet, 'measured');
  const banded = mine.some((row) => row.low !== undefined);
  return [
    ...(banded
      ? [
          {
            transform: [...transform, { calculate: `max(datum.low, ${up.domain[0]})`, as: 'from' }],
            mark: { type: 'area', opacity: 0.16, clip: true },
            encoding: {
              x: xChannel,
              y: { ...yChannel, field: 'from' },
              y2: { field: 'high' },
              color: colour,
            },
          },
        ]
      : []),
    {
      transform,
      mark: { type: 'line', strokeWidth: 1.6, clip: true },
      encoding: { x: xChannel, y: yChannel, color: colour },
    },
    {
      transform,
      mark: { type: 'point', filled: true, size: 40, opacity: 0, clip: true },
      encoding: {
        x: xChannel,
        y: yChannel,
        color: colour,
        tooltip: hoverPoint(mine, { x, y, series: data.series.title }),
      },
    },
  ];
}
