import type { Row } from './chart.ts';
import { mapTokens } from './colour-bar.ts';
import { CROSS } from './diverged.ts';
import type { MapFrame, PlaneMap } from './map.ts';
import { measuredLayers } from './measured.ts';
import { token } from './palette.ts';
import { only, type Place } from './panels.ts';
import { axisTitle, position } from './scale.ts';
import { theoryIn, theoryLayers } from './theory.ts';
import { hover, hoverPoint } from './tooltip.ts';

type Layer = Readonly<Record<string, unknown>>;

/** Cells under theory under points. */
export function drawMapPanel(
  { x, y, value, theory = [] }: PlaneMap,
  {
    rows,
    frame,
    place,
  }: { readonly rows: readonly Row[]; readonly frame: MapFrame; readonly place: Place },
): readonly Layer[] {
  const { warps } = frame;
  const across = position(x, {
    kind: warps.x.kind,
    domain: frame.x,
    most: Math.max(3, Math.floor(place.width / 44)),
    titled: place.last,
  });
  const up = position(y, {
    kind: warps.y.kind,
    domain: frame.y,
    most: Math.max(4, Math.floor(place.height / 36)),
    titled: place.first,
  });
  const axes = { x: { ...across.axis }, y: { ...up.axis, grid: false, ticks: true, domain: true } };
  const channel = (axis: 'x' | 'y', field: string): Layer => ({
    field,
    type: 'quantitative',
    scale: axis === 'x' ? across.scale : up.scale,
    axis: axes[axis],
  });
  const here = rows.filter((row) => row.facet === place.facet && row.left !== undefined);
  const inside = (kind: string): readonly unknown[] => [
    ...only(place.facet, kind),
    { filter: 'datum.left < datum.right && datum.bottom < datum.top' },
  ];
  const reach = {
    x: channel('x', 'left'),
    x2: { field: 'right' },
    y: channel('y', 'bottom'),
    y2: { field: 'top' },
  };
  const tooltip = hover(
    ...(place.facet === undefined ? [] : [['facet', 'panel'] as const]),
    ['x', axisTitle(x), '.4~g'],
    ['y', axisTitle(y), '.4~g'],
    ['value', axisTitle(value), '.4~g'],
  );
  const tokens = mapTokens(value.strong ?? 'high');
  const step = (field: string): Layer => ({
    field,
    type: 'ordinal',
    scale: { domain: tokens.map((_, i) => i), range: tokens },
    legend: null,
  });
  const measured = rows.filter((row) => row.facet === place.facet && row.kind === 'measured');
  return [
    {
      transform: inside('cell'),
      mark: { type: 'rect', strokeWidth: 1 },
      encoding: { ...reach, fill: step('step'), stroke: step('step'), tooltip },
    },
    ...divergedCells(here, {
      place,
      transform: inside('diverged'),
      reach,
      centre: { x: channel('x', 'x'), y: channel('y', 'y') },
      tooltip: hover(['x', axisTitle(x), '.4~g'], ['y', axisTitle(y), '.4~g'], ['kind', 'outcome']),
    }),
    ...theoryLayers(theoryIn(theory, place.facet), {
      box: { x: frame.x, y: frame.y, warps },
      x: channel('x', 'x'),
      y: channel('y', 'y'),
      colourOf: () => token('ink'),
      halo: 1.6,
    }),
    ...measuredLayers(measured, {
      place,
      x: across,
      y: { ...up, axis: axes.y },
      colour: { value: token('ink') },
      tooltip: hoverPoint(measured, { x, y }),
      halo: 1.6,
    }),
  ];
}

/** Cells where training diverged: grey, with a cross where there is room for it. */
function divergedCells(
  cells: readonly Row[],
  {
    place,
    transform,
    reach,
    centre,
    tooltip,
  }: {
    readonly place: Place;
    readonly transform: readonly unknown[];
    readonly reach: Layer;
    readonly centre: Layer;
    readonly tooltip: unknown;
  },
): readonly Layer[] {
  if (!cells.some((cell) => cell.kind === 'diverged')) return [];
  const count = (field: string): number => new Set(cells.map((cell) => cell[field])).size;
  const room = Math.min(place.width / count('x'), place.height / count('y'));
  const cross = {
    type: 'point',
    shape: CROSS,
    strokeWidth: 1.1,
    opacity: 1,
    color: token('faint'),
  };
  return [
    {
      transform,
      mark: { type: 'rect', fill: token('line'), stroke: token('line'), strokeWidth: 1 },
      encoding: { ...reach, tooltip },
    },
    ...(room < 9
      ? []
      : [{ transform, mark: { ...cross, size: Math.min(26, room * 1.3) }, encoding: centre }]),
  ];
}
