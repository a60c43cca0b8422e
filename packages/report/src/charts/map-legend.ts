import type { ChartSize } from './chart.ts';
import { colourBar, mapTokens } from './colour-bar.ts';
import { KEY_ROW, type KeyEntry, keyLayers, layKey } from './key.ts';
import type { MapFrame, PlaneMap } from './map.ts';
import { token } from './palette.ts';
import { FIGURE_WIDTH, type Place } from './panels.ts';
import { axisTitle } from './scale.ts';
import { theoryEntries } from './theory.ts';
import { ticksOf } from './ticks.ts';

/** The colour bar, and under it the key of lines, points and diverged cells. */
export function mapLegend(
  { value, cells, theory = [], points = [], pointsLabel }: PlaneMap,
  {
    frame,
    size,
    place,
  }: { readonly frame: MapFrame; readonly size: ChartSize; readonly place: Place },
): readonly Readonly<Record<string, unknown>>[] {
  const width = FIGURE_WIDTH[size] - 72;
  const barred = points.some(({ low }) => low !== undefined);
  const entries: readonly KeyEntry[] = [
    ...theoryEntries(theory),
    ...(points.length > 0
      ? [
          {
            glyph: barred ? ('interval' as const) : ('point' as const),
            label: pointsLabel ?? (barred ? 'measured, with interval' : 'measured'),
            colour: token('ink'),
          },
        ]
      : []),
    ...(points.some((point) => point.edge)
      ? [{ glyph: 'hollow' as const, label: 'on the edge of its range', colour: token('ink') }]
      : []),
    ...(cells.some((cell) => cell.value === null)
      ? [{ glyph: 'gap' as const, label: 'diverged', colour: token('faint') }]
      : []),
  ];
  const places = layKey([{ entries }], width);
  const above = place.facet === undefined ? 16 : 34;
  const keyHeight =
    places.length > 0 ? KEY_ROW * (Math.max(...places.map(({ row }) => row)) + 1) : 0;
  const { to } = frame.warps.value;
  const [low, high] = frame.value.map(to) as [number, number];
  const ticks = ticksOf(frame.warps.value.kind, frame.value, {
    most: 5,
    constant: value.constant ?? 1,
  });
  return [
    ...keyLayers(places, { above }),
    ...colourBar({
      title: axisTitle(value),
      ticks: ticks.map((tick) => [(to(tick[0]) - low) / (high - low), tick] as const),
      tokens: mapTokens(value.strong ?? 'high'),
      above: above + keyHeight - (keyHeight > 0 ? 6 : 12),
      width,
    }),
  ];
}
