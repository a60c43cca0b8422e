import type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './chart.ts';
import { cutArrows } from './cut-arrows.ts';
import { divergedLayer, divergedStrip } from './diverged.ts';
import { fitLabels } from './fit-labels.ts';
import { facetsOf, type Place, panels } from './panels.ts';
import { fieldsOf, type Point, rowOf } from './rows.ts';
import { axisTitle, type Position, paddedDomain, position } from './scale.ts';
import { colourOf, type Series, seriesOf } from './series.ts';
import { hover, hoverPoint } from './tooltip.ts';
import { barLayer, lineLayer, pointLayer } from './trend-layers.ts';
import { hasFloor, trendRules } from './trend-rules.ts';
import { warpOf } from './warp.ts';

type Layer = Readonly<Record<string, unknown>>;

/** A measured value with its interval against an ordered size: tuned loss against width, optimum against width. */
export interface Trend {
  /** Default scale log2. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  readonly series?: { readonly title: string };
  /** `y` null: diverged, drawn as a cross at the top; `edge`: its optimum stands on the edge, drawn hollow. */
  readonly points: readonly Point[];
  /** Lines behind the points: a power-law fit, a predicted slope. */
  readonly fits?: readonly {
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly label?: string;
    readonly series?: string | number;
    readonly facet?: string;
  }[];
  /** Horizontal rules: the best reachable loss. */
  readonly rules?: readonly {
    readonly y: number;
    readonly label: string;
    readonly facet?: string;
  }[];
  /** Facets beside each other in a wide figure; default 3. */
  readonly columns?: number;
}

/** Draws measured values with interval bars against an ordered size; each facet has its own vertical range. */
export function trendChart(data: Trend): Chart {
  const { x, y, points, fits = [], rules = [] } = data;
  const rows: Row[] = [
    ...points.map((point) => rowOf(point, 'measured')),
    ...fits.flatMap(({ points: line, label, ...where }, i) =>
      line.map(([at, value]) => ({
        ...rowOf({ ...where, x: at, y: value }, 'fit'),
        line: i,
        label: label ?? 'fit',
      })),
    ),
    ...rules.map(({ y: level, label, facet }) => ({
      kind: 'rule',
      ...(facet === undefined ? {} : { facet }),
      y: level,
      label,
    })),
  ];
  const fields = fieldsOf(rows, {
    kind: 'kind',
    facet: 'panel',
    series: data.series?.title ?? 'series',
    x: axisTitle(x),
    y: axisTitle(y),
    low: 'interval from',
    high: 'interval to',
    edge: 'on the edge',
    label: 'label',
  });
  const series = seriesOf(points);
  const facets = facetsOf(points);
  const columns = Math.min(data.columns ?? 3, facets.length);
  const height = columns === 1 ? 300 : columns === 2 ? 230 : 170;
  const spec = (size: ChartSize): VegaLiteSpec =>
    panels({
      rows,
      facets,
      size,
      columns,
      narrowColumns: facets.length > 2 ? 2 : 1,
      height: size === 'wide' ? height : facets.length > 2 ? 130 : 190,
      draw: (place) => drawPanel({ data, rows, series, place, size }),
    });
  return { rows, fields, spec };
}

/** Vertical range of a panel: values, interval ends, rules and fits, with room for crosses. */
function verticalDomain(
  { y }: Trend,
  mine: readonly Row[],
  place: Place,
  series: Series,
): readonly [number, number] {
  const warp = warpOf(y, 'log10');
  const number = (value: unknown): value is number => typeof value === 'number';
  const ends = mine.flatMap((row) => [row.low, row.high].filter(number));
  const values = [
    ...mine.flatMap((row) => [row.y].filter(number)),
    ...ends.filter((end) => !warp.positive || end > 0),
  ];
  const diverged = mine.some((row) => row.kind === 'diverged');
  const strip = diverged ? divergedStrip(series) : 0;
  const around = paddedDomain(y.domain ?? values, warp, {
    below: place.facet === undefined || hasFloor(mine) ? 0.13 : 0.07,
    above: 0.07,
  });
  return paddedDomain(around, warp, { below: 0, above: strip / (place.height - strip) });
}

function drawPanel({
  data,
  rows,
  series,
  place,
  size,
}: {
  readonly data: Trend;
  readonly rows: readonly Row[];
  readonly series: Series;
  readonly place: Place;
  readonly size: ChartSize;
}): readonly Layer[] {
  const { x, y, fits = [], points } = data;
  const mine = rows.filter((row) => row.facet === place.facet);
  const seriesTitle = data.series?.title ?? 'series';
  const across = acrossOf(data, place);
  const up = position(y, {
    kind: y.scale ?? 'log10',
    domain: verticalDomain(data, mine, place, series),
    most: place.height > 220 ? 6 : 4,
    titled: place.first,
  });
  const labelled = fits.length >= Math.max(1, series.values.length) && fits.every((f) => f.label);
  const direct = labelled && place.facet === undefined;
  const colour = {
    ...colourOf(series, seriesTitle, size),
    ...(direct && series.values.length > 0 ? { legend: null } : {}),
  };
  const xChannel = { field: 'x', type: 'quantitative', scale: across.scale, axis: across.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: up.scale, axis: up.axis };
  const at = { x: xChannel, y: yChannel, color: colour };
  const { rules, labels } = trendRules(mine, {
    ...{ place, x: across, y: up, title: axisTitle(y) },
    warps: { x: warpOf(x, 'log2'), y: warpOf(y, 'log10') },
  });
  return [
    ...rules,
    lineLayer(data, { at, place }),
    barLayer(at, { place, floor: up.domain[0] }),
    ...cutArrows(
      mine.filter((row) => row.kind === 'measured'),
      { place, domain: up.domain, x: xChannel, colour },
    ),
    pointLayer(at, { place, tooltip: hoverPoint(mine, { x, y, series: seriesTitle }) }),
    ...labels,
    ...(labelled ? fitLabels(fits, { at, place, points }) : []),
    ...divergedLayer({
      rows: mine,
      series,
      x: xChannel,
      colour,
      tooltip: hover(['x', axisTitle(x), '.4~g'], ['kind', 'outcome']),
    }),
  ];
}

/** The horizontal axis of a panel, over the points and fits of all of them. */
function acrossOf({ x, points, fits = [] }: Trend, place: Place): Position {
  const warp = warpOf(x, 'log2');
  return position(x, {
    kind: warp.kind,
    domain:
      x.domain ??
      paddedDomain(
        [...points.map((p) => p.x), ...fits.flatMap((fit) => fit.points.map(([at]) => at))],
        warp,
        { below: 0.05, above: 0.05 },
      ),
    most: Math.max(3, Math.floor(place.width / 42)),
    titled: place.last,
  });
}
