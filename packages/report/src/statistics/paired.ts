import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentTwoSided } from './distributions.ts';
import type { Estimate } from './estimate.ts';
import { meanInterval } from './mean.ts';

/** An estimate with the p value of the hypothesis that it is zero. */
export interface Tested extends Estimate {
  /** Two-sided, before any correction for many comparisons. */
  readonly pValue: number;
  readonly test: string;
}

/** The two-sided one-sample t test that a mean is zero; a sample without spread gives p = 0, or 1 at zero. */
export function studentTest(sample: readonly number[]): number {
  const spread = sampleStandardDeviation(sample as number[]);
  const centre = mean(sample as number[]);
  if (spread === 0) return centre === 0 ? 1 : 0;
  return studentTwoSided((centre / spread) * Math.sqrt(sample.length), sample.length - 1);
}

/**
 * The mean of the differences a[i] − b[i] of paired observations (same seed, two arms) with Student's t
 * interval and t test; throws where the lengths differ or are below two.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): Tested {
  if (a.length !== b.length) {
    throw new Error(`unpaired observations: ${a.length} and ${b.length} (equally many)`);
  }
  const differences = a.map((value, i) => value - (b[i] as number));
  return {
    ...meanInterval(differences, { level }),
    pValue: studentTest(differences),
    test: 'paired t test',
  };
}
