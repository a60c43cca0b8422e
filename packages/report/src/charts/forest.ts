import type { VerdictWord } from '../verdict.ts';
import type { Axis, Chart } from './chart.ts';

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
  /** The value of no effect; default 0. */
  readonly reference?: number;
  /** Words at the two sides of the reference: `wider is better`, `wider is worse`. */
  readonly sides?: { readonly low: string; readonly high: string };
}
export function forestChart(_data: Forest): Chart {
  throw new Error('unfinished');
}
