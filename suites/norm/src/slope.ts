import { mean } from './mean.ts';

/** Least-squares slope of y over x. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const centre = mean(x);
  const spread = x.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return x.reduce((sum, value, i) => sum + (value - centre) * (y[i] as number), 0) / spread;
}
