import type { Bounds } from '../verdict.ts';

/** A number with its confidence interval. */
export interface Estimate {
  readonly estimate: number;
  readonly interval: Bounds;
  /** Confidence level of the interval, for instance 0.95. */
  readonly level: number;
}
