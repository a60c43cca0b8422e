import { formatInterval, formatNumber } from '../format/number.ts';
import type { VerdictWord } from '../verdict.ts';
import {
  type Axis,
  type Chart,
  type ChartSize,
  type Row,
  SCHEMA,
  type VegaLiteSpec,
} from './chart.ts';
import { intervalLayers, rowLayout, WORDS_ROOM } from './interval-rows.ts';
import { type KeyEntry, keyLayers, layKey } from './key.ts';
import { token } from './palette.ts';
import { panelTitle } from './panels.ts';
import { fieldsOf } from './rows.ts';
import { axisTitle, paddedDomain, position } from './scale.ts';
import { theme } from './theme.ts';
import { hover } from './tooltip.ts';
import { warpOf } from './warp.ts';

/** Effects with intervals, one row each, coloured by verdict. */
export interface Forest {
  /** Default scale linear. */
  readonly x: Axis;
  readonly rows: readonly {
    readonly label: string;
    /** Null: not measured. */
    readonly effect: number | null;
    readonly low?: number;
    readonly high?: number;
    readonly verdict: VerdictWord;
    /** Rows of a group stand together under its name. */
    readonly group?: string;
  }[];
  /** The value of no effect; default 0, or 1 on a logarithmic scale. */
  readonly reference?: number;
  /** Values that the rule compares intervals with, as dashed rules. */
  readonly margins?: readonly number[];
  /** Words at the two sides of the reference: `wider is better`, `wider is worse`. */
  readonly sides?: { readonly low: string; readonly high: string };
}

/** Verdicts in the order of the legend, with a mark each, so that none is told by colour alone. */
const MARKS: readonly (readonly [VerdictWord, 'circle' | 'diamond' | 'square' | 'triangle-up'])[] =
  [
    ['supported', 'circle'],
    ['refuted', 'diamond'],
    ['mixed', 'square'],
    ['inconclusive', 'triangle-up'],
  ];

/** Draws a forest plot. */
export function forestChart(data: Forest): Chart {
  const { x } = data;
  const groups = [...new Set(data.rows.map((row) => row.group))];
  const together = groups.flatMap((group) => data.rows.filter((row) => row.group === group));
  const most = decimalsOf(data.rows);
  const rows: Row[] = together.map(({ label, effect, low, high, verdict, group }, i) => ({
    ...(group === undefined ? {} : { group }),
    label,
    x: effect,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    verdict,
    row: i,
    words:
      effect === null
        ? 'not measured'
        : low === undefined || high === undefined
          ? formatNumber(effect)
          : formatInterval(effect, [low, high], { most }),
  }));
  const fields = fieldsOf(rows, {
    group: 'group',
    label: 'claim',
    x: axisTitle(x),
    low: 'interval from',
    high: 'interval to',
    verdict: 'verdict',
  });
  return { rows, fields, spec: (size) => drawForest(data, rows, size) };
}

/** Decimals that show a thousandth of the range of the effects and their intervals, about what a figure can. */
function decimalsOf(rows: Forest['rows']): number {
  const ends = rows
    .flatMap(({ effect, low, high }) => [effect, low, high])
    .filter((end) => end != null);
  const span = Math.max(...ends) - Math.min(...ends);
  return span > 0 ? Math.max(0, Math.ceil(-Math.log10(span / 1000))) : 0;
}

function drawForest(data: Forest, rows: readonly Row[], size: ChartSize): VegaLiteSpec {
  const warp = warpOf(data.x, 'linear');
  const { kind } = warp;
  const reference = data.reference ?? (warp.positive ? 1 : 0);
  const { margins = [] } = data;
  const layout = rowLayout(rows, size);
  const { width, step } = layout;
  const numbers = rows.flatMap((row) =>
    [row.x, row.low, row.high].filter((value) => typeof value === 'number'),
  );
  const domain = data.x.domain ?? paddedDomain([reference, ...margins, ...numbers], warp);
  const groups = [...new Set(data.rows.map((row) => row.group))];
  const grouped = groups.some((group) => group !== undefined);
  const present = MARKS.filter(([word]) => rows.some((row) => row.verdict === word));
  const scale = (range: readonly string[]) => ({ domain: present.map(([word]) => word), range });
  const key = layKey(
    [{ entries: keyOf(present, margins) }],
    size === 'wide' ? width + WORDS_ROOM : width,
  );
  const headings = (grouped ? 1 : 0) + (data.sides ? 1 : 0);
  const drawn = groups.map((group, i) => {
    const labels = rows.filter((row) => row.group === group).map((row) => String(row.label));
    const first = rows.findIndex((row) => row.group === group);
    return {
      width,
      height: { step },
      layer: [
        ...(group === undefined ? [] : [panelTitle(group, width)]),
        ...intervalLayers({
          x: position(data.x, {
            kind,
            domain,
            most: size === 'wide' ? 7 : 5,
            titled: i === groups.length - 1,
          }),
          labels,
          first,
          layout,
          colour: {
            field: 'verdict',
            scale: scale(present.map(([word]) => token(word))),
            legend: null,
          },
          shape: { field: 'verdict', scale: scale(present.map(([, mark]) => mark)), legend: null },
          tooltip: hover(
            ['label', 'claim'],
            ['verdict', 'verdict'],
            ['x', axisTitle(data.x), '.4~g'],
            ['low', 'interval from', '.4~g'],
            ['high', 'interval to', '.4~g'],
          ),
          reference,
          margins,
          transform: group === undefined ? [] : [{ filter: { field: 'group', equal: group } }],
        }),
        ...(data.sides && i === 0 ? sideLayers(data.sides, { width, y: grouped ? -26 : -8 }) : []),
        ...(i === 0 ? keyLayers(key, { above: 16 + 18 * headings }) : []),
      ],
    };
  });
  const common = { $schema: SCHEMA, config: theme, datasets: { rows }, data: { name: 'rows' } };
  const [only] = drawn;
  if (drawn.length === 1 && only) return { ...common, ...only };
  return { ...common, concat: drawn, columns: 1, spacing: 54, bounds: 'flush', align: 'each' };
}

/** The key: verdicts, where some mark has the colour of one that was reached, and margins. */
function keyOf(present: typeof MARKS, margins: readonly number[]): readonly KeyEntry[] {
  const reached = present.some(([word]) => word !== 'inconclusive');
  return [
    ...(reached
      ? present.map(([word, glyph]) => ({ glyph, label: word, colour: token(word) }))
      : []),
    ...(margins.length > 0
      ? [{ glyph: 'margin' as const, label: 'margin', colour: token('muted') }]
      : []),
  ];
}

/** The words at the two sides of the reference, above the rows and the name of their group. */
function sideLayers(
  sides: NonNullable<Forest['sides']>,
  { width, y }: { readonly width: number; readonly y: number },
): readonly Readonly<Record<string, unknown>>[] {
  const side = (text: string, align: 'left' | 'right') => ({
    data: { values: [{}] },
    mark: { type: 'text', align, baseline: 'bottom', fontSize: 11.5, fontStyle: 'italic', text },
    encoding: { x: { value: align === 'left' ? 0 : width }, y: { value: y } },
  });
  return [side(`← ${sides.low}`, 'left'), side(`${sides.high} →`, 'right')];
}
