import type { Row } from './chart.ts';
import { cutArrows } from './cut-arrows.ts';
import { token } from './palette.ts';
import type { Place } from './panels.ts';
import type { Position } from './scale.ts';

type Layer = Readonly<Record<string, unknown>>;

/**
 * Measured points with interval bars. Bars end where the panel does, in an arrow; a point beyond a panel whose ends were given
 * is a triangle at that end.
 */
export function measuredLayers(
  rows: readonly Row[],
  {
    place,
    x,
    y,
    colour,
    tooltip,
    halo = 0,
  }: {
    readonly place: Place;
    readonly x: Position;
    readonly y: Position;
    /** Colour channel. */
    readonly colour: Layer;
    readonly tooltip: unknown;
    /** Width of the paper around points and bars, in pixels. */
    readonly halo?: number;
  },
): readonly Layer[] {
  const [low, high] = y.domain;
  const measured = rows.filter(
    (row) =>
      row.kind === 'measured' && Number(row.x) >= x.domain[0] && Number(row.x) <= x.domain[1],
  );
  if (measured.length === 0) return [];
  const bars = barsWithin(measured, y.domain);
  const inside = measured.filter((row) => Number(row.y) >= low && Number(row.y) <= high);
  const xChannel = { field: 'x', type: 'quantitative', scale: x.scale, axis: x.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: y.scale, axis: y.axis };
  const channels = { x: xChannel, y: yChannel, colour, tooltip };
  const size = measured.length > 60 ? 20 : measured.length > 30 ? 32 : 44;
  return [
    ...(bars.length > 0 ? barLayers(bars, { channels, halo }) : []),
    ...(bars.length > 0 ? cutArrows(bars, { place, domain: y.domain, x: xChannel, colour }) : []),
    ...(inside.length > 0 ? pointLayers(inside, { channels, halo, size }) : []),
    ...beyondLayers(measured, { channels, domain: y.domain, height: place.height }),
  ];
}

interface Channels {
  readonly x: Layer;
  readonly y: Layer;
  readonly colour: Layer;
  readonly tooltip: unknown;
}

type Bar = Row & { readonly from: number; readonly to: number };

/** The parts of intervals that lie on the vertical axis, for rows with one that reaches it. */
function barsWithin(
  measured: readonly Row[],
  [low, high]: readonly [number, number],
): readonly Bar[] {
  return measured.flatMap((row) => {
    if (typeof row.low !== 'number' || typeof row.high !== 'number') return [];
    const [from, to] = [Math.max(low, row.low), Math.min(high, row.high)];
    return from < to ? [{ ...row, from, to }] : [];
  });
}

/** Bars, with paper around them where there is a halo. */
function barLayers(
  bars: readonly Bar[],
  { channels: { x, y, colour }, halo }: { readonly channels: Channels; readonly halo: number },
): readonly Layer[] {
  const ends = { x, y: { ...y, field: 'from' }, y2: { field: 'to' } };
  const data = { values: bars };
  const paper = { type: 'rule', strokeWidth: 1.6 + 2 * halo, color: token('paper') };
  return [
    ...(halo > 0 ? [{ data, mark: paper, encoding: ends }] : []),
    { data, mark: { type: 'rule', strokeWidth: 1.6 }, encoding: { ...ends, color: colour } },
  ];
}

/** Points, hollow where their optimum stands on the edge, with paper around them where there is a halo. */
function pointLayers(
  inside: readonly Row[],
  {
    channels: { x, y, colour, tooltip },
    halo,
    size,
  }: { readonly channels: Channels; readonly halo: number; readonly size: number },
): readonly Layer[] {
  const data = { values: inside };
  const paper = { type: 'point', filled: true, opacity: 1, size: 110, color: token('paper') };
  return [
    ...(halo > 0 ? [{ data, mark: paper, encoding: { x, y } }] : []),
    {
      data,
      mark: { type: 'point', size, strokeWidth: 1.6, opacity: 1, filled: true },
      encoding: {
        x,
        y,
        fill: { condition: { test: 'datum.edge', value: token('paper') }, ...colour },
        stroke: colour,
        tooltip,
      },
    },
  ];
}

/** Triangles at the ends of a panel for points beyond them. */
function beyondLayers(
  measured: readonly Row[],
  {
    channels: { x, colour, tooltip },
    domain: [low, high],
    height,
  }: {
    readonly channels: Channels;
    readonly domain: readonly [number, number];
    readonly height: number;
  },
): readonly Layer[] {
  return (['above', 'below'] as const).flatMap((side): Layer[] => {
    const values = measured.filter((row) =>
      side === 'above' ? Number(row.y) > high : !(Number(row.y) >= low),
    );
    if (values.length === 0) return [];
    const shape = side === 'above' ? 'triangle-up' : 'triangle-down';
    return [
      {
        data: { values },
        mark: { type: 'point', shape, size: 40, filled: true, opacity: 1 },
        encoding: { x, y: { value: side === 'above' ? 4 : height - 4 }, color: colour, tooltip },
      },
    ];
  });
}
