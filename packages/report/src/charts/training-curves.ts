import type { Axis, Chart } from './chart.ts';

/** Loss against training steps, one line per series, with an optional band over seeds. */
export interface TrainingCurves {
  /** Default scale linear. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  readonly series: { readonly title: string };
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
    readonly series: string | number;
    readonly facet?: string;
  }[];
}
export function trainingCurvesChart(_data: TrainingCurves): Chart {
  throw new Error('unfinished');
}
