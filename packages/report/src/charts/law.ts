import type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './chart.ts';
import { divergedLayer, divergedStrip } from './diverged.ts';
import { keyLayers, layKey } from './key.ts';
import { lawDomain } from './law-domain.ts';
import { lawKey } from './law-key.ts';
import { measuredLayers } from './measured.ts';
import { token } from './palette.ts';
import { FIGURE_WIDTH, facetsOf, type Place, panels } from './panels.ts';
import { type ReferenceRule, ruleLayers, rulesIn } from './reference-rules.ts';
import { fieldsOf, type Point, rowOf } from './rows.ts';
import { axisTitle, paddedDomain, position } from './scale.ts';
import { colourOf, type Series, seriesOf } from './series.ts';
import { type TheoryLine, theoryIn, theoryLayers, theoryRows } from './theory.ts';
import { hover, hoverPoint } from './tooltip.ts';
import { warpOf } from './warp.ts';

/** A law: what theory says as lines, what was measured as points over them. */
export interface Law {
  /** Default scale linear. */
  readonly x: Axis;
  /** Default scale linear. */
  readonly y: Axis;
  readonly series?: { readonly title: string };
  readonly theory: readonly TheoryLine[];
  /** `y` null: diverged, a cross at the top; `edge`: an optimum on the edge of its range, hollow. */
  readonly measured: readonly Point[];
  /** What the points are, in the key; default `measured`, or `measured, with interval`. */
  readonly measuredLabel?: string;
  readonly rules?: readonly ReferenceRule[];
  /** Facets beside each other in a wide figure; default 3. */
  readonly columns?: number;
}

/**
 * Draws theory as lines and measurements as points with interval bars, told apart by a key. Each facet has its own
 * vertical range, set by its measurements: lines of theory
 * may widen it by half on either side, bands by twice, and are cut beyond.
 */
export function lawChart(data: Law): Chart {
  const { x, y, theory, measured, rules = [] } = data;
  const rows: Row[] = [
    ...measured.map((point) => rowOf(point, 'measured')),
    ...theoryRows(theory),
    ...rules.map(({ axis, at, label, facet }) => ({
      kind: 'rule',
      ...(facet === undefined ? {} : { facet }),
      [axis]: at,
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
  const series = seriesOf([...measured, ...theory]);
  const named = facetsOf([...measured, ...theory]).filter((facet) => facet !== undefined);
  const facets = named.length > 0 ? named : [undefined];
  const columns = Math.min(data.columns ?? 3, facets.length);
  const height = columns === 1 ? 300 : columns === 2 ? 230 : 170;
  const spec = (size: ChartSize): VegaLiteSpec =>
    panels({
      rows,
      facets,
      size,
      columns,
      narrowColumns: facets.length > 2 ? 2 : 1,
      height: size === 'wide' ? height : facets.length > 2 ? 130 : 210,
      draw: (place) => [
        ...drawPanel({ data, rows, series, place, size }),
        ...(place.facet === facets[0]
          ? keyLayers(layKey(lawKey(data, series), FIGURE_WIDTH[size] - 72), {
              above: place.facet === undefined ? 16 : 34,
            })
          : []),
      ],
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
  readonly data: Law;
  readonly rows: readonly Row[];
  readonly series: Series;
  readonly place: Place;
  readonly size: ChartSize;
}): readonly Readonly<Record<string, unknown>>[] {
  const { x, y, measured, rules = [] } = data;
  const warps = { x: warpOf(x, 'linear'), y: warpOf(y, 'linear') };
  const theory = theoryIn(data.theory, place.facet);
  const mine = rows.filter((row) => row.facet === place.facet);
  const ruled = rulesIn(rules, place.facet);
  const sideways = [
    ...measured.map((point) => point.x),
    ...data.theory
      .flatMap(({ points, band }) => [...points, ...(band?.points ?? [])])
      .map(([at]) => at),
    ...rules.flatMap(({ axis, at }) => (axis === 'x' ? [at] : [])),
  ];
  const across = position(x, {
    kind: warps.x.kind,
    domain: x.domain ?? paddedDomain(sideways, warps.x),
    most: Math.max(3, Math.floor(place.width / 44)),
    titled: place.last,
  });
  const strip = mine.some((row) => row.kind === 'diverged') ? divergedStrip(series) : 0;
  const up = position(y, {
    kind: warps.y.kind,
    domain: lawDomain({
      given: y.domain,
      measured: mine.filter((row) => row.kind === 'measured'),
      theory,
      rules: ruled.flatMap(({ axis, at }) => (axis === 'y' ? [at] : [])),
      warp: warps.y,
      strip: strip / (place.height - strip),
    }),
    most: place.height > 220 ? 6 : 4,
    titled: place.first,
  });
  const title = data.series?.title ?? 'series';
  const colour = {
    ...colourOf(series, title, size),
    ...(series.values.length > 0 ? { legend: null } : {}),
  };
  const xChannel = { field: 'x', type: 'quantitative', scale: across.scale, axis: across.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: up.scale, axis: up.axis };
  const [left, right] = across.domain.map(warps.x.to) as [number, number];
  const ruleMarks = ruleLayers(ruled, {
    place,
    x: across,
    y: up,
    bent: (value) => (warps.x.to(value) - left) / (right - left),
  });
  return [
    ...ruleMarks.under,
    ...theoryLayers(theory, {
      box: { x: across.domain, y: up.domain, warps },
      x: xChannel,
      y: yChannel,
      colourOf: (value) =>
        value === undefined
          ? token('ink')
          : (series.colours[series.values.indexOf(value)] ?? token('ink')),
    }),
    ...ruleMarks.over,
    ...measuredLayers(mine, {
      place,
      x: across,
      y: up,
      colour,
      tooltip: hoverPoint(
        mine.filter((row) => row.kind === 'measured'),
        { x, y, series: title },
      ),
    }),
    ...divergedLayer({
      rows: mine,
      series,
      x: xChannel,
      colour,
      tooltip: hover(['x', axisTitle(x), '.4~g'], ['kind', 'outcome']),
    }),
  ];
}
