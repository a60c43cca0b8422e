import type { Place } from './panels.ts';
import type { Trend } from './trend.ts';

/** Labels of fits: at their right ends where there is one panel, in the corner they leave free where there are many. */
export function fitLabels(
  fits: NonNullable<Trend['fits']>,
  {
    at,
    place,
    points: measured,
  }: {
    readonly at: Readonly<Record<string, unknown>>;
    readonly place: Place;
    readonly points: Trend['points'];
  },
): readonly Readonly<Record<string, unknown>>[] {
  return fits
    .filter((fit) => fit.facet === place.facet && fit.points.length > 0)
    .map(({ points, label, series }, line) => {
      const [, from] = points[0] as readonly [number, number];
      const [x, y] = points[points.length - 1] as readonly [number, number];
      const falls = y < from * 0.99;
      const corner = place.facet !== undefined;
      // Left of the bar of a point at the line's end.
      const beside = !corner && measured.some((point) => point.x === x);
      return {
        data: { values: [{ x, y, label, ...(series === undefined ? {} : { series }) }] },
        mark: {
          type: 'text',
          fontSize: corner ? 11 : 12,
          fontWeight: corner ? 400 : 600,
          align: corner && !falls ? 'left' : 'right',
          baseline: 'middle',
          dx: beside ? -8 : 0,
          dy: corner ? 0 : falls ? 16 : -13,
        },
        encoding: {
          ...at,
          ...(corner ? { x: { value: falls ? place.width : 0 }, y: { value: 6 + 15 * line } } : {}),
          text: { field: 'label' },
        },
      };
    });
}
