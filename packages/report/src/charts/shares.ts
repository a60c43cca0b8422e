import type { Chart } from './chart.ts';

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
export function sharesChart(_data: Shares): Chart {
  throw new Error('unfinished');
}
