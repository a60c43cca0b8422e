import { CROSS } from './diverged.ts';
import { token } from './palette.ts';
import { textEms } from './text-width.ts';

type Layer = Readonly<Record<string, unknown>>;

/** What stands before a name in the key. */
type Glyph =
  | 'line'
  | 'dashed'
  | 'band'
  | 'point'
  | 'interval'
  | 'hollow'
  | 'series'
  | 'cross'
  | 'gap'
  | 'margin'
  | 'circle'
  | 'diamond'
  | 'square'
  | 'triangle-up';

/** A line of the key. */
export interface KeyEntry {
  readonly glyph: Glyph;
  readonly label: string;
  readonly colour: string;
}

/** Entries that stand together, after a title. */
export interface KeyGroup {
  readonly title?: string;
  readonly entries: readonly KeyEntry[];
}

/** Something of the key at its place: pixels from the left, and its row. */
interface KeyPlace {
  readonly x: number;
  readonly row: number;
  readonly item: KeyEntry | string;
}

const FONT = 11;
/** Height of a row of a key, in pixels. */
export const KEY_ROW = 18;
const GAP = 6;

/** Room that a glyph takes, in pixels. */
function glyphWidth(glyph: Glyph): number {
  switch (glyph) {
    case 'line':
    case 'dashed':
    case 'band':
    case 'series':
      return 22;
    case 'point':
    case 'interval':
    case 'hollow':
    case 'cross':
    case 'margin':
    case 'circle':
    case 'diamond':
    case 'square':
    case 'triangle-up':
      return 9;
    case 'gap':
      return 15;
  }
}

/** Width of an item in pixels. */
export function keyWidth(item: KeyEntry | string): number {
  return typeof item === 'string'
    ? FONT * 1.12 * textEms(item)
    : glyphWidth(item.glyph) + GAP + FONT * textEms(item.label);
}

/** Places groups after each other in rows no wider than the figure; a group that does not fit starts a row of its own. */
export function layKey(groups: readonly KeyGroup[], width: number): readonly KeyPlace[] {
  const places: KeyPlace[] = [];
  let [x, row] = [0, 0];
  for (const { title, entries } of groups) {
    const items = [...(title === undefined ? [] : [title]), ...entries];
    const whole = items.reduce((sum, item) => sum + keyWidth(item) + 14, -14);
    if (x > 0 && x + 12 + whole > width) [x, row] = [0, row + 1];
    else if (x > 0) x += 12;
    for (const item of items) {
      if (x > 0 && x + keyWidth(item) > width) [x, row] = [0, row + 1];
      places.push({ x, row, item });
      x += keyWidth(item) + (typeof item === 'string' ? 8 : 14);
    }
  }
  return places;
}

/** A mark between fixed pixels. */
function fixed(mark: Layer, pixels: Readonly<Record<string, number>>): Layer {
  const encoding = Object.fromEntries(
    Object.entries(pixels).map(([channel, value]) => [channel, { value }]),
  );
  return { data: { values: [{}] }, mark, encoding };
}

/** Strokes of a glyph around the middle of its box. */
function glyphLayers({ glyph, colour }: KeyEntry, x: number, y: number): readonly Layer[] {
  const width = glyphWidth(glyph);
  const middle = x + width / 2;
  const across = { x, x2: x + width, y };
  const dot = { type: 'point', filled: true, opacity: 1, size: 40, color: colour };
  const rule = { type: 'rule', strokeWidth: 1.8, color: colour };
  switch (glyph) {
    case 'line':
      return [fixed(rule, across)];
    case 'dashed':
      return [fixed({ ...rule, strokeDash: [5, 3.5] }, across)];
    case 'band':
      return [
        fixed(
          { type: 'rect', color: colour, opacity: 0.22 },
          { x, x2: x + width, y: y - 5, y2: y + 5 },
        ),
      ];
    case 'point':
      return [fixed(dot, { x: middle, y })];
    case 'circle':
    case 'diamond':
    case 'square':
    case 'triangle-up':
      return [fixed({ ...dot, shape: glyph, size: 70 }, { x: middle, y })];
    case 'margin':
      return [
        fixed(
          { ...rule, strokeWidth: 1, strokeDash: [2.5, 2.5] },
          { x: middle, y: y - 7, y2: y + 7 },
        ),
      ];
    case 'interval':
      return [
        fixed({ ...rule, strokeWidth: 1.6 }, { x: middle, y: y - 7, y2: y + 7 }),
        fixed(dot, { x: middle, y }),
      ];
    case 'hollow':
      return [
        fixed({ ...dot, filled: false, fill: token('paper'), strokeWidth: 1.6 }, { x: middle, y }),
      ];
    case 'series':
      return [fixed(rule, across), fixed(dot, { x: middle, y })];
    case 'cross':
      return [
        fixed(
          {
            type: 'point',
            shape: CROSS,
            size: 26,
            strokeWidth: 1.5,
            color: colour,
          },
          { x: middle, y },
        ),
      ];
    case 'gap':
      return [
        fixed({ type: 'rect', color: token('line') }, { x, x2: x + width, y: y - 6, y2: y + 6 }),
        ...glyphLayers({ glyph: 'cross', colour, label: '' }, x + 3, y),
      ];
  }
}

/** Draws a key of placed items whose last row stands so many pixels above the first panel. */
export function keyLayers(
  places: readonly KeyPlace[],
  { above }: { readonly above: number },
): readonly Layer[] {
  const last = Math.max(0, ...places.map(({ row }) => row));
  return places.flatMap(({ x, row, item }) => {
    const y = -above - KEY_ROW * (last - row);
    const text = { type: 'text', align: 'left', baseline: 'middle' };
    if (typeof item === 'string') {
      const mark = { ...text, text: item, fontSize: 12, fontWeight: 500, color: token('ink') };
      return [fixed(mark, { x, y })];
    }
    const mark = { ...text, text: item.label, fontSize: FONT, color: token('muted') };
    return [...glyphLayers(item, x, y), fixed(mark, { x: x + glyphWidth(item.glyph) + GAP, y })];
  });
}
