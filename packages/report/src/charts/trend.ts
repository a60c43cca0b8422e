import type { Axis, Chart } from './chart.ts';

/** A measured value with its interval against an ordered size: tuned loss against width, optimum against width. */
export interface Trend {
  /** Default scale log2. */
  readonly x: Axis;
  /** Default scale log10. */
  readonly y: Axis;
  readonly series?: { readonly title: string };
  /** `y` null: not measured (diverged), drawn as a cross at the top. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number | null;
    readonly low?: number;
    readonly high?: number;
    readonly series?: string | number;
    readonly facet?: string;
    /** The optimum behind the point stands on the edge of its range: drawn hollow. */
    readonly edge?: boolean;
  }[];
  /** Lines drawn behind the points: a power-law fit, a predicted slope. */
  readonly fits?: readonly {
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly label?: string;
    readonly series?: string | number;
    readonly facet?: string;
  }[];
  /** Horizontal rules: the best reachable loss. */
  readonly rules?: readonly {
    readonly y: number;
    readonly label: string;
    readonly facet?: string;
  }[];
}
export function trendChart(_data: Trend): Chart {
  throw new Error('unfinished');
}
