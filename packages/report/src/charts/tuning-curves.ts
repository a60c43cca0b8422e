import type { Axis, Chart } from './chart.ts';

/** Loss against a tuned knob, one line per series (say, width), faceted (say, by parameterization). */
export interface TuningCurves {
  /** Default scale log2. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  /** What the series are: `width`. */
  readonly series: { readonly title: string };
  /** One point per knob value; `y` null: diverged, drawn as a cross at the top. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number | null;
    readonly low?: number;
    readonly high?: number;
    readonly series: string | number;
    readonly facet?: string;
  }[];
  /** The optimum of each line with its interval in x. */
  readonly optima?: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
    readonly series: string | number;
    readonly facet?: string;
    /** The optimum stands on the edge of the range: drawn hollow. */
    readonly edge?: boolean;
  }[];
}
export function tuningCurvesChart(_data: TuningCurves): Chart {
  throw new Error('unfinished');
}
