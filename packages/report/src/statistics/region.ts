import { sampleStandardDeviation } from 'simple-statistics';
import { studentCritical, studentTwoSided } from './distributions.ts';

/** A standard error with its degrees of freedom. */
export interface StandardError {
  readonly error: number;
  readonly degrees: number;
}

/** The standard error of the mean of independent values. Throws below two of them. */
export function meanError(values: readonly number[]): StandardError {
  const error = sampleStandardDeviation(values as number[]) / Math.sqrt(values.length);
  return { error, degrees: values.length - 1 };
}

/** Which effects a prediction allows: from `low` to `high`, either of which may be infinite. */
export interface Region {
  readonly low: number;
  readonly high: number;
}

/** Where an effect lies with respect to a region. */
export interface RegionTest {
  /** One-sided p of the hypothesis that the effect lies outside, so that a small one says inside (two one-sided tests). */
  readonly inside: number;
  /** One-sided p of the hypothesis that the effect lies inside, so that a small one says outside. */
  readonly outside: number;
  /** Half the width of the two-sided interval at the level, by the error that makes it widest. */
  readonly half: number;
}

/**
 * Tests on which side of a region's bounds an effect lies, by Student's t: superiority, non-inferiority (one bound
 * infinite) and equivalence (Schuirmann 1987) in one. Where several standard errors are given, each bound is tested by
 * the one that makes its p largest.
 */
export function regionTest(
  estimate: number,
  errors: readonly StandardError[],
  { low, high }: Region,
  { level = 0.95 }: { readonly level?: number } = {},
): RegionTest {
  if (errors.length === 0) throw new Error('no standard error: [] (one or more)');
  /** p of the hypothesis that the effect is not above a bound. */
  const above = (bound: number) => worst(estimate - bound, errors);
  const below = (bound: number) => worst(bound - estimate, errors);
  return {
    inside: Math.max(above(low), below(high)),
    outside: Math.min(below(low), above(high)),
    half: Math.max(...errors.map(({ error, degrees }) => error * studentCritical(level, degrees))),
  };
}

/** The largest one-sided p, over the errors, that a difference is not positive. */
function worst(difference: number, errors: readonly StandardError[]): number {
  if (difference === Infinity) return 0;
  if (difference === -Infinity) return 1;
  return Math.max(
    ...errors.map(({ error, degrees }) => {
      if (error === 0) return difference > 0 ? 0 : 1;
      const twoSided = studentTwoSided(difference / error, degrees);
      return difference > 0 ? twoSided / 2 : 1 - twoSided / 2;
    }),
  );
}
