import type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './chart.ts';
import { cutLines } from './cut-lines.ts';
import { divergedLayer, divergedStrip } from './diverged.ts';
import { token } from './palette.ts';
import { facetsOf, only, type Place, panels } from './panels.ts';
import { fieldsOf, type Point, rowOf } from './rows.ts';
import { axisTitle, paddedDomain, position } from './scale.ts';
import { colourOf, type Series, seriesOf } from './series.ts';
import { hover, hoverPoint } from './tooltip.ts';
import { warpOf } from './warp.ts';

/** Loss against a tuned knob, one line per series (say, width), faceted (say, by parameterization). */
export interface TuningCurves {
  /** Default scale log2. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  /** What the series are: `width`. */
  readonly series: { readonly title: string };
  /** One point per knob value; `y` null: diverged, drawn as a cross at the top. */
  readonly points: readonly (Omit<Point, 'series' | 'edge'> & {
    readonly series: string | number;
  })[];
  /** The optimum of each line with its interval in x; `edge`: on the edge of the range, drawn hollow. */
  readonly optima?: readonly (Omit<Point, 'series' | 'y'> & {
    readonly y: number;
    readonly series: string | number;
  })[];
  /** Whether all panels have one vertical range, so that heights compare, or each its own; default `shared`. */
  readonly range?: 'shared' | 'own';
}

/**
 * Draws loss against a tuned knob. Where a line leaves the panel at the top, its loss there is far above all
 * others (more than ten times the median; in panels of their own range three interquartile ranges above the upper
 * quartile, as the axis draws them); the data hold it.
 */
export function tuningCurvesChart(data: TuningCurves): Chart {
  const { x, y, points, optima = [] } = data;
  const rows: Row[] = [
    ...points.map((point) => rowOf(point, 'trained')),
    ...optima.map((optimum) => rowOf(optimum, 'optimum')),
  ];
  const fields = fieldsOf(rows, {
    kind: 'kind',
    facet: 'panel',
    series: data.series.title,
    x: axisTitle(x),
    y: axisTitle(y),
    low: 'interval from',
    high: 'interval to',
    edge: 'on the edge',
  });
  const series = seriesOf([...points, ...optima]);
  const facets = facetsOf(points);
  const spec = (size: ChartSize): VegaLiteSpec =>
    panels({
      rows,
      facets,
      size,
      columns: 2,
      height: size === 'wide' ? 300 : 240,
      draw: (place) => drawPanel({ data, rows, series, place, size }),
    });
  return { rows, fields, spec };
}

/** The range of the losses shown in a panel: all, but for lines that shoot up on their way to divergence. */
function lossDomain(
  { y, points, optima = [], range = 'shared' }: TuningCurves,
  facet: string | undefined,
): readonly [number, number] {
  const warp = warpOf(y, 'log10');
  if (y.domain) return y.domain;
  const losses = [...points, ...optima]
    .filter((point) => range === 'shared' || point.facet === facet)
    .flatMap((point) => (point.y === null ? [] : [point.y]));
  const sorted = [...losses].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? 1;
  const [lower, upper] = [warp.to(quantile(0.25)), warp.to(quantile(0.75))];
  const far = range === 'own' ? warp.from(upper + 3 * (upper - lower)) : 10 * quantile(0.5);
  const limit = warp.positive ? far : Infinity;
  const shown = losses.map((loss) => (loss > limit && loss < Infinity ? limit : loss));
  return paddedDomain(shown, warp);
}

function drawPanel({
  data,
  rows,
  series,
  place,
  size,
}: {
  readonly data: TuningCurves;
  readonly rows: readonly Row[];
  readonly series: Series;
  readonly place: Place;
  readonly size: ChartSize;
}): readonly Readonly<Record<string, unknown>>[] {
  const { x, y } = data;
  const [xWarp, yWarp] = [warpOf(x, 'log2'), warpOf(y, 'log10')];
  const mine = rows.filter((row) => row.facet === place.facet);
  const strip = rows.some((row) => row.kind === 'diverged') ? divergedStrip(series) : 0;
  const above = strip / (place.height - strip);
  const across = position(x, {
    kind: xWarp.kind,
    domain:
      x.domain ??
      paddedDomain(
        data.points.map((p) => p.x),
        xWarp,
      ),
    most: size === 'wide' ? 9 : 8,
    titled: place.last,
  });
  const up = position(y, {
    kind: yWarp.kind,
    domain: paddedDomain(lossDomain(data, place.facet), yWarp, { below: 0, above }),
    most: 6,
    titled: place.first,
  });
  const colour = colourOf(series, data.series.title, size);
  const xChannel = { field: 'x', type: 'quantitative', scale: across.scale, axis: across.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: up.scale, axis: up.axis };
  const position2d = { x: xChannel, y: yChannel, color: colour };
  const tooltip = hoverPoint(mine, { x, y, series: data.series.title });
  const shown = mine.filter((row) => row.kind === 'trained' && Number(row.y) <= up.domain[1]);
  const optimum = only(place.facet, 'optimum');
  const hoverOptimum = hover(
    ['series', data.series.title],
    ['x', `best ${x.title}`, '.4~g'],
    ['low', 'interval from', '.4~g'],
    ['high', 'interval to', '.4~g'],
    ['y', axisTitle(y), '.4~g'],
  );
  return [
    {
      data: { values: cutLines(mine, up.domain[1], { x: xWarp, y: yWarp }) },
      mark: { type: 'line', strokeWidth: 1.6 },
      encoding: { ...position2d, detail: { field: 'piece' } },
    },
    {
      data: { values: shown },
      mark: { type: 'circle', size: 16, opacity: 1, clip: true },
      encoding: { ...position2d, tooltip },
    },
    ...divergedLayer({
      rows: mine,
      series,
      x: xChannel,
      colour,
      tooltip: hover(
        ['series', data.series.title],
        ['x', axisTitle(x), '.4~g'],
        ['kind', 'outcome'],
      ),
    }),
    {
      transform: optimum,
      mark: { type: 'rule', strokeWidth: 5, opacity: 0.35, strokeCap: 'round', clip: true },
      encoding: { ...position2d, x: { ...xChannel, field: 'low' }, x2: { field: 'high' } },
    },
    {
      transform: optimum,
      mark: { type: 'point', size: 62, strokeWidth: 1.8, opacity: 1, filled: true },
      encoding: {
        ...position2d,
        fill: { condition: { test: 'datum.edge', value: token('paper') }, ...colour },
        stroke: { condition: { test: '!datum.edge', value: token('paper') }, ...colour },
        color: undefined,
        tooltip: hoverOptimum,
      },
    },
  ];
}
