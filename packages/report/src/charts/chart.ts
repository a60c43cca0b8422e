/** A vega-lite specification: plain JSON whose colours are the tokens of `palette.ts`. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

/** Version of vega-lite that the specifications are written in. */
export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** A row of a chart's data, as hovered and as downloaded in its CSV. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** `wide` is drawn 720 px wide, `narrow` 328 px (phones, thumbnails). */
export type ChartSize = 'wide' | 'narrow';

/** A chart: its data and its specification at either size. */
export interface Chart {
  /** Every row that is drawn; the specification's dataset `rows`. */
  readonly rows: readonly Row[];
  /** What the fields of the rows are, in the CSV's order: `{ x: 'learning rate' }`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly spec: (size: ChartSize) => VegaLiteSpec;
}

/** What an axis shows. */
export interface Axis {
  readonly title: string;
  /** Written after the title in parentheses: `nats`, `steps`. */
  readonly unit?: string;
  /** Default: whatever suits the chart. */
  readonly scale?: 'linear' | 'log2' | 'log10' | 'symlog';
  /** Of a symlog scale: sizes far below it are drawn linearly, those far above it by their logarithm; default 1. */
  readonly constant?: number;
  /** Ends of the axis; default: what the data need. */
  readonly domain?: readonly [low: number, high: number];
}
