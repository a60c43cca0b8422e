import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentCritical } from './distributions.ts';
import type { Estimate } from './estimate.ts';

/** The mean of a sample with Student's t interval; throws on fewer than two observations. */
export function meanInterval(
  sample: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): Estimate {
  const n = sample.length;
  if (n < 2) throw new Error(`too few observations: ${n} (2 or more)`);
  const estimate = mean(sample as number[]);
  const half =
    (studentCritical(level, n - 1) * sampleStandardDeviation(sample as number[])) / Math.sqrt(n);
  return { estimate, interval: [estimate - half, estimate + half], level };
}
