import type { ChartSize, Row } from './chart.ts';
import { token } from './palette.ts';
import { FIGURE_WIDTH } from './panels.ts';
import type { Position } from './scale.ts';
import { textEms } from './text-width.ts';

/** Room right of wide rows for their numbers, and the most that labels take on the left, in pixels. */
export const WORDS_ROOM = 160;
const LABEL_LIMIT = 280;
const NARROW_FONT = 11.5;

type Layer = Readonly<Record<string, unknown>>;

/** Where the parts of a row stand. */
interface RowLayout {
  readonly size: ChartSize;
  readonly width: number;
  /** Height of a row. */
  readonly step: number;
  /** Lines of text above a narrow row: label and numbers on one, or the numbers below where some row has no room for both. */
  readonly lines: 1 | 2;
}

/** How a figure of rows with `label` and `words` is laid out: labels left of wide rows, above narrow ones. */
export function rowLayout(rows: readonly Row[], size: ChartSize): RowLayout {
  const ems = (text: Row[string] | undefined): number => textEms(String(text));
  if (size === 'narrow') {
    const width = FIGURE_WIDTH.narrow - 12;
    const fits = rows.every(
      ({ label, words }) => NARROW_FONT * (ems(label) + ems(words)) < width - 8,
    );
    return { size, width, ...(fits ? { step: 44, lines: 1 } : { step: 54, lines: 2 }) };
  }
  const longest = Math.max(0, ...rows.map(({ label }) => 12 * ems(label)));
  const left = Math.ceil(Math.min(LABEL_LIMIT, longest)) + 14;
  return { size, width: 700 - left - WORDS_ROOM, step: 27, lines: 1 };
}

/** Dots with interval bars, one labelled row each, and the numbers in words beside or above them. */
export function intervalLayers({
  x,
  labels,
  first,
  layout,
  colour,
  shape,
  tooltip,
  reference,
  margins = [],
  transform,
}: {
  readonly x: Position;
  /** Labels of the rows `first`, `first` + 1, … */
  readonly labels: readonly string[];
  readonly first: number;
  readonly layout: RowLayout;
  readonly colour: Layer;
  readonly shape?: Layer;
  readonly tooltip: unknown;
  readonly reference: number | null;
  /** Values at which dashed rules stand. */
  readonly margins?: readonly number[];
  readonly transform: readonly unknown[];
}): readonly Layer[] {
  const xChannel = { field: 'x', type: 'quantitative', scale: x.scale, axis: x.axis };
  const yChannel = rowChannel({ labels, first, size: layout.size });
  const yOffset = layout.lines === 2 ? 8 : 0;
  return [
    ...uprightLayers({ x: xChannel, y: yChannel, layout, yOffset, reference, margins, transform }),
    {
      transform,
      mark: { type: 'rule', strokeWidth: 2.2, strokeCap: 'round', yOffset, clip: true },
      encoding: {
        x: { ...xChannel, field: 'low' },
        x2: { field: 'high' },
        y: yChannel,
        color: colour,
      },
    },
    {
      transform: [...transform, { filter: 'isValid(datum.x)' }],
      mark: { type: 'point', filled: true, size: 70, opacity: 1, strokeWidth: 0, yOffset },
      encoding: { x: xChannel, y: yChannel, color: colour, ...(shape ? { shape } : {}), tooltip },
    },
    ...textLayers({ y: yChannel, layout, transform }),
  ];
}

/** One place a row; its axis has the labels where they stand left of the rows. */
function rowChannel({
  labels,
  first,
  size,
}: {
  readonly labels: readonly string[];
  readonly first: number;
  readonly size: ChartSize;
}): Layer {
  return {
    field: 'row',
    type: 'ordinal',
    scale: { domain: labels.map((_, i) => first + i) },
    axis:
      size === 'narrow'
        ? null
        : {
            title: null,
            labelColor: token('ink'),
            labelFontSize: 12,
            labelLimit: LABEL_LIMIT,
            labelPadding: 10,
            domain: false,
            ticks: false,
            labelExpr: `${JSON.stringify(labels)}[datum.value - ${first}]`,
          },
  };
}

/** Upright strokes through all rows: a faint one at the reference, dashed ones at the margins. */
function uprightLayers({
  x,
  y,
  layout: { size },
  yOffset,
  reference,
  margins,
  transform,
}: {
  readonly x: Layer;
  readonly y: Layer;
  readonly layout: RowLayout;
  readonly yOffset: number;
  readonly reference: number | null;
  readonly margins: readonly number[];
  readonly transform: readonly unknown[];
}): readonly Layer[] {
  const reach = size === 'narrow' ? 14 : 27;
  const upright = (at: number, mark: Layer): Layer => ({
    transform: [...transform, { calculate: String(at), as: 'at' }],
    mark: { ...mark, yOffset },
    encoding: { x: { ...x, field: 'at' }, y },
  });
  const rule = { type: 'tick', orient: 'vertical', size: reach, thickness: 1 };
  // A tick has no dashes. Three to a row meet those of the next row.
  const dashes = {
    ...{ type: 'point', shape: 'M0,-1L0,1', size: reach ** 2, opacity: 1 },
    ...{ strokeWidth: 1, strokeDash: [reach / 6, reach / 6] },
  };
  return [
    ...(reference === null ? [] : [upright(reference, { ...rule, color: token('faint') })]),
    ...margins.map((margin) => upright(margin, { ...dashes, color: token('muted') })),
  ];
}

/** Labels above narrow rows, and the numbers: right of wide rows, above narrow ones beside the label or below it. */
function textLayers({
  y,
  layout: { size, width, lines },
  transform,
}: {
  readonly y: Layer;
  readonly layout: RowLayout;
  readonly transform: readonly unknown[];
}): readonly Layer[] {
  const narrow = size === 'narrow';
  const text = { type: 'text', baseline: 'middle', fontSize: NARROW_FONT, clip: false };
  const left = { ...text, align: 'left' };
  const numbers = {
    transform,
    mark: {
      ...(narrow && lines === 1 ? { ...text, align: 'right' } : left),
      ...(narrow ? { dy: lines === 1 ? -15 : -7 } : { dx: 14 }),
      color: token('muted'),
    },
    encoding: {
      x: { value: narrow && lines === 2 ? 0 : width },
      y,
      text: { field: 'words' },
    },
  };
  if (!narrow) return [numbers];
  const names = {
    transform,
    mark: { ...left, dy: lines === 1 ? -15 : -21, color: token('ink'), limit: width },
    encoding: { x: { value: 0 }, y, text: { field: 'label' } },
  };
  return [names, numbers];
}
