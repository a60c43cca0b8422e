import { type Chart, type ChartSize, type Row, SCHEMA, type VegaLiteSpec } from './chart.ts';
import { intervalLayers, rowLayout } from './interval-rows.ts';
import { token } from './palette.ts';
import { position } from './scale.ts';
import { theme } from './theme.ts';
import { hover } from './tooltip.ts';

/** Shares with exact intervals, one row each: in how many tasks wider wins. */
export interface Shares {
  /** What the share is of: `share of tasks in which the wider net wins`. */
  readonly x: { readonly title: string };
  readonly rows: readonly {
    readonly label: string;
    readonly count: number;
    readonly total: number;
    /** Between 0 and 1. */
    readonly low: number;
    readonly high: number;
  }[];
  /** A share to compare with; default 0.5; null for none. */
  readonly reference?: number | null;
}

/** Draws shares between 0 and 1 with their intervals and counts. */
export function sharesChart(data: Shares): Chart {
  const rows: Row[] = data.rows.map(({ label, count, total, low, high }, i) => ({
    label,
    x: count / total,
    low,
    high,
    count,
    total,
    row: i,
    words: `${count} of ${total} [${percent(low)}, ${percent(high)}]`,
  }));
  const fields = {
    label: 'sample',
    x: data.x.title,
    low: 'interval from',
    high: 'interval to',
    count: 'count',
    total: 'total',
  };
  return { rows, fields, spec: (size) => drawShares(data, rows, size) };
}

function percent(share: number): string {
  return `${Math.round(100 * share)}\u202f%`;
}

function drawShares(data: Shares, rows: readonly Row[], size: ChartSize): VegaLiteSpec {
  const layout = rowLayout(rows, size);
  const x = position({ title: data.x.title }, { kind: 'linear', domain: [0, 1], most: 5 });
  return {
    $schema: SCHEMA,
    config: theme,
    datasets: { rows },
    data: { name: 'rows' },
    width: layout.width,
    height: { step: layout.step },
    layer: intervalLayers({
      x: {
        ...x,
        axis: {
          ...x.axis,
          labelExpr: 'format(100 * datum.value, ".0f") + "\u202f%"',
          labelFlush: true,
        },
      },
      labels: rows.map((row) => String(row.label)),
      first: 0,
      layout,
      colour: { value: token('category-0') },
      tooltip: hover(
        ['label', 'sample'],
        ['count', 'count'],
        ['total', 'of'],
        ['x', 'share', '.1%'],
        ['low', 'interval from', '.1%'],
        ['high', 'interval to', '.1%'],
      ),
      reference: data.reference === undefined ? 0.5 : data.reference,
      transform: [],
    }),
  };
}
