import { KEY_ROW } from './key.ts';
import { MAP_STEPS, token } from './palette.ts';
import { textEms } from './text-width.ts';
import type { Tick } from './ticks.ts';

type Layer = Readonly<Record<string, unknown>>;

/** Height of a colour bar with its labels, in pixels. */
const COLOUR_BAR = 34;

/** Colours of a map from low to high values. */
export function mapTokens(strong: 'high' | 'low'): readonly string[] {
  return Array.from({ length: MAP_STEPS }, (_, i) =>
    token(`map-${strong === 'high' ? i : MAP_STEPS - 1 - i}`),
  );
}

/** A bar of a map's colours with its title on the left and ticks below, so many pixels above the first panel. */
export function colourBar({
  title,
  ticks,
  tokens,
  above,
  width,
}: {
  readonly title: string;
  /** Each with its share of the way along the bar. */
  readonly ticks: readonly (readonly [share: number, tick: Tick])[];
  readonly tokens: readonly string[];
  readonly above: number;
  readonly width: number;
}): readonly Layer[] {
  const titled = Math.ceil(12 * 1.04 * textEms(title)) + 10;
  const beside = titled + 120 <= width;
  const left = beside ? titled : 0;
  const length = Math.min(230, width - left - 8);
  const top = -above - COLOUR_BAR + 8;
  const text = { type: 'text', baseline: 'middle' };
  const put = (mark: Layer, pixels: Readonly<Record<string, number>>): Layer => ({
    data: { values: [{}] },
    mark,
    encoding: Object.fromEntries(
      Object.entries(pixels).map(([channel, value]) => [channel, { value }]),
    ),
  });
  return [
    put(
      { ...text, align: 'left', text: title, fontSize: 12, fontWeight: 500, color: token('ink') },
      { x: 0, y: beside ? top + 5 : top - KEY_ROW + 5 },
    ),
    ...tokens.map((color, i) =>
      put(
        { type: 'rect', color, stroke: color, strokeWidth: 1 },
        {
          x: left + (i / tokens.length) * length,
          x2: left + ((i + 1) / tokens.length) * length,
          y: top,
          y2: top + 10,
        },
      ),
    ),
    ...ticks.flatMap(([share, [, label]]) => {
      const x = left + share * length;
      return [
        put({ type: 'rule', color: token('faint') }, { x, y: top + 10, y2: top + 13 }),
        put({ ...text, align: 'center', text: label, fontSize: 10.5 }, { x, y: top + 20 }),
      ];
    }),
  ];
}
