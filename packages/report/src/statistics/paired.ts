import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentTwoSided } from './distributions.ts';
import type { Estimate } from './estimate.ts';
import { meanInterval } from './mean.ts';
import { uniformSource } from './random.ts';

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
 * The two-sided sign-flip permutation test that a symmetric sample has mean zero: exact over all 2ⁿ flips up
 * to n = 16, beyond that over 20,000 random ones and the observed one. Its smallest p is 2/2ⁿ.
 */
export function signFlipTest(
  sample: readonly number[],
  { seed }: { readonly seed: number },
): number {
  const n = sample.length;
  const observed = Math.abs(sample.reduce((sum, d) => sum + d, 0)) * (1 - 1e-12);
  const extreme = (flipped: (i: number) => boolean): boolean =>
    Math.abs(sample.reduce((sum, d, i) => sum + (flipped(i) ? -d : d), 0)) >= observed;
  if (n <= 16) {
    let count = 0;
    for (let flips = 0; flips < 2 ** n; flips++)
      if (extreme((i) => ((flips >> i) & 1) === 1)) count++;
    return count / 2 ** n;
  }
  const uniform = uniformSource(seed);
  let count = 1;
  for (let draw = 0; draw < 20_000; draw++) if (extreme(() => uniform() < 0.5)) count++;
  return count / 20_001;
}

/**
 * The mean of the differences a[i] − b[i] of paired observations (same seed, two arms) with Student's t
 * interval and the chosen test; throws where the lengths differ or are below two.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  {
    test = 't',
    level = 0.95,
    seed = 0,
  }: { readonly test?: 't' | 'sign-flip'; readonly level?: number; readonly seed?: number } = {},
): Tested {
  if (a.length !== b.length) {
    throw new Error(`unpaired observations: ${a.length} and ${b.length} (equally many)`);
  }
  const differences = a.map((value, i) => value - (b[i] as number));
  const pValue = test === 't' ? studentTest(differences) : signFlipTest(differences, { seed });
  return {
    ...meanInterval(differences, { level }),
    pValue,
    test: test === 't' ? 'paired t test' : 'sign-flip permutation test',
  };
}
