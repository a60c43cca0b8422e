import type { Row } from './chart.ts';
import type { Place } from './panels.ts';

type Layer = Readonly<Record<string, unknown>>;

/** Heads of arrows at the ends of a panel beyond which intervals go on; their bars end there. */
export function cutArrows(
  rows: readonly Row[],
  {
    place,
    domain: [bottom, top],
    x,
    colour,
  }: {
    readonly place: Place;
    /** Of the vertical axis. */
    readonly domain: readonly [number, number];
    /** Channels. */
    readonly x: Layer;
    readonly colour: Layer;
  },
): readonly Layer[] {
  const heads = (values: readonly Row[], y: number, shape: string): readonly Layer[] => {
    if (values.length === 0) return [];
    const mark = { type: 'point', shape, size: 60, strokeWidth: 1.6, opacity: 1 };
    return [{ data: { values }, mark, encoding: { x, y: { value: y }, color: colour } }];
  };
  const reaching = rows.filter(({ low, high }) => Number(low) < top && Number(high) > bottom);
  return [
    ...heads(
      reaching.filter(({ high }) => Number(high) > top),
      0,
      'M-1,1L0,0L1,1',
    ),
    ...heads(
      reaching.filter(({ low }) => Number(low) < bottom),
      place.height,
      'M-1,-1L0,0L1,-1',
    ),
  ];
}
