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
  const bars = measured.flatMap((row) => {
    if (typeof row.low !== 'number' || typeof row.high !== 'number') return [];
    const [from, to] = [Math.max(low, row.low), Math.min(high, row.high)];
    return from < to ? [{ ...row, from, to }] : [];
  });
  const inside = measured.filter((row) => Number(row.y) >= low && Number(row.y) <= high);
  const xChannel = { field: 'x', type: 'quantitative', scale: x.scale, axis: x.axis };
  const yChannel = { field: 'y', type: 'quantitative', scale: y.scale, axis: y.axis };
  const size = measured.length > 60 ? 20 : measured.length > 30 ? 32 : 44;
  const ends = { x: xChannel, y: { ...yChannel, field: 'from' }, y2: { field: 'to' } };
  const beyond = (['above', 'below'] as const).flatMap((side): Layer[] => {
    const values = measured.filter((row) =>
      side === 'above' ? Number(row.y) > high : !(Number(row.y) >= low),
    );
    if (values.length === 0) return [];
    const shape = side === 'above' ? 'triangle-up' : 'triangle-down';
    return [
      {
        data: { values },
        mark: { type: 'point', shape, size: 40, filled: true, opacity: 1 },
        encoding: {
          x: xChannel,
          y: { value: side === 'above' ? 4 : place.height - 4 },
          color: colour,
          tooltip,
        },
      },
    ];
  });
  return [
    ...(bars.length > 0 && halo > 0
      ? [
          {
            data: { values: bars },
            mark: { type: 'rule', strokeWidth: 1.6 + 2 * halo, color: token('paper') },
            encoding: ends,
          },
        ]
      : []),
    ...(bars.length > 0
      ? [
          {
            data: { values: bars },
            mark: { type: 'rule', strokeWidth: 1.6 },
            encoding: { ...ends, color: colour },
          },
          ...cutArrows(bars, { place, domain: y.domain, x: xChannel, colour }),
        ]
      : []),
    ...(inside.length > 0 && halo > 0
      ? [
          {
            data: { values: inside },
            mark: { type: 'point', filled: true, opacity: 1, size: 110, color: token('paper') },
            encoding: { x: xChannel, y: yChannel },
          },
        ]
      : []),
    ...(inside.length > 0
      ? [
          {
            data: { values: inside },
            mark: { type: 'point', size, strokeWidth: 1.6, opacity: 1, filled: true },
            encoding: {
              x: xChannel,
              y: yChannel,
              fill: { condition: { test: 'datum.edge', value: token('paper') }, ...colour },
              stroke: colour,
              tooltip,
            },
          },
        ]
      : []),
    ...beyond,
  ];
}
