import type { ChartSize } from './chart.ts';
import { token } from './palette.ts';
import type { Position } from './scale.ts';
import { textEms } from './text-width.ts';

/** Room right of wide rows for their numbers, and the most that labels take on the left, in pixels. */
const WORDS_ROOM = 160;
const LABEL_LIMIT = 280;

/** How a figure of labelled rows is laid out: labels left of wide rows, above narrow ones. */
export function rowLayout(
  labels: readonly string[],
  size: ChartSize,
): {
  readonly step: number;
  readonly left: number;
  readonly width: number;
} {
  if (size === 'narrow') return { step: 44, left: 6, width: 292 };
  const longest = Math.max(0, ...labels.map((label) => 12 * textEms(label)));
  const left = Math.ceil(Math.min(LABEL_LIMIT, longest)) + 14;
  return { step: 27, left, width: 700 - left - WORDS_ROOM };
}

/** Dots with interval bars, one labelled row each, and the numbers in words beside or above them. */
export function intervalLayers({
  x,
  labels,
  first,
  size,
  width,
  colour,
  shape,
  tooltip,
  reference,
  transform,
}: {
  readonly x: Position;
  /** Labels of the rows `first`, `first` + 1, … */
  readonly labels: readonly string[];
  readonly first: number;
  readonly size: ChartSize;
  readonly width: number;
  readonly colour: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly tooltip: unknown;
  readonly reference: number | null;
  readonly transform: readonly unknown[];
}): readonly Readonly<Record<string, unknown>>[] {
  const xChannel = { field: 'x', type: 'quantitative', scale: x.scale, axis: x.axis };
  const yChannel = {
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
  const narrow = size === 'narrow';
  const words = { type: 'text', baseline: 'middle', fontSize: 11.5, clip: false };
  return [
    ...(reference === null
      ? []
      : [
          {
            transform: [...transform, { calculate: String(reference), as: 'at' }],
            mark: {
              type: 'tick',
              orient: 'vertical',
              size: narrow ? 14 : 27,
              thickness: 1,
              color: token('faint'),
            },
            encoding: { x: { ...xChannel, field: 'at' }, y: yChannel },
          },
        ]),
    {
      transform,
      mark: { type: 'rule', strokeWidth: 2.2, strokeCap: 'round', clip: true },
      encoding: {
        x: { ...xChannel, field: 'low' },
        x2: { field: 'high' },
        y: yChannel,
        color: colour,
      },
    },
    {
      transform: [...transform, { filter: 'isValid(datum.x)' }],
      mark: { type: 'point', filled: true, size: 70, opacity: 1, strokeWidth: 0 },
      encoding: { x: xChannel, y: yChannel, color: colour, ...(shape ? { shape } : {}), tooltip },
    },
    ...(narrow
      ? [
          {
            transform,
            mark: { ...words, align: 'left', dy: -15, color: token('ink'), limit: width - 120 },
            encoding: { x: { value: 0 }, y: yChannel, text: { field: 'label' } },
          },
        ]
      : []),
    {
      transform,
      mark: narrow
        ? { ...words, align: 'right', dy: -15, color: token('muted') }
        : { ...words, align: 'left', dx: 14, color: token('muted') },
      encoding: { x: { value: width }, y: yChannel, text: { field: 'words' } },
    },
  ];
}
