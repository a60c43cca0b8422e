import { meanInterval } from '@hyperlaw/report';

/** A mean on an axis with its 95 % interval. */
export interface IntervalPoint {
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of values with its interval. */
export function intervalPoint(values: readonly number[]): IntervalPoint {
  const { estimate, interval } = meanInterval(values);
  return { y: estimate, low: interval[0], high: interval[1] };
}

/** The geometric mean of values, given as log2, with its interval. */
export function geometricPoint(log2Values: readonly number[]): IntervalPoint {
  const { y, low, high } = intervalPoint(log2Values);
  return { y: 2 ** y, low: 2 ** low, high: 2 ** high };
}
