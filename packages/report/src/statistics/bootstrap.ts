import { mean, quantileSorted } from 'simple-statistics';
import type { Bounds } from '../verdict.ts';
import { normalCumulative, normalQuantile, studentCritical } from './distributions.ts';
import type { Estimate } from './estimate.ts';
import { uniformSource } from './random.ts';

/** How a bootstrap draws. */
export interface BootstrapOptions {
  readonly seed: number;
  /** Confidence level; default 0.95. */
  readonly level?: number;
  /** Default 2000. */
  readonly resamples?: number;
}

/** As many members of the sample as it has, drawn with replacement. */
export function resample<T>(sample: readonly T[], uniform: () => number): T[] {
  return sample.map(() => sample[Math.floor(uniform() * sample.length)] as T);
}

/**
 * Jackknife influences of a stratified statistic, each stratum's centred on its own mean and over its size: an observation
 * among many moves the statistic little (Davison and Hinkley 1997, equation 5.26).
 */
function influences<T>(
  strata: readonly (readonly T[])[],
  statistic: (strata: readonly (readonly T[])[]) => number,
): number[] {
  return strata.flatMap((stratum, at) => {
    if (stratum.length < 2) return [];
    const without = stratum.map((_, left) =>
      statistic(strata.map((s, i) => (i === at ? s.filter((_, j) => j !== left) : s))),
    );
    const centre = mean(without);
    return without.map((value) => ((centre - value) * (stratum.length - 1)) / stratum.length);
  });
}

/**
 * The bias-corrected and accelerated bootstrap interval (Efron 1987) of a statistic of independent strata,
 * each resampled within itself; pass paired observations as the tuples of one stratum.
 *
 * Below about ten observations it covers less than it says; use `meanInterval` for a mean over few seeds.
 * Throws on an empty stratum and where the statistic is not a number.
 */
export function bootstrapStratified<T>(
  strata: readonly (readonly T[])[],
  statistic: (strata: readonly (readonly T[])[]) => number,
  { seed, level = 0.95, resamples = 2000 }: BootstrapOptions,
): Estimate {
  if (strata.some((stratum) => stratum.length === 0)) {
    throw new Error('empty stratum: [] (at least one observation)');
  }
  const uniform = uniformSource(seed);
  const estimate = statistic(strata);
  const draws = Float64Array.from({ length: resamples }, () =>
    statistic(strata.map((stratum) => resample(stratum, uniform))),
  ).sort();
  if (Number.isNaN(estimate) || draws.some(Number.isNaN)) {
    throw new Error('unusable statistic: NaN (a number on every resample)');
  }
  const below = draws.reduce((n, d) => n + (d < estimate ? 1 : d === estimate ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), resamples - 0.5) / resamples);
  const influence = influences(strata, statistic);
  const cubes = influence.reduce((sum, u) => sum + u ** 3, 0);
  const squares = influence.reduce((sum, u) => sum + u ** 2, 0);
  const acceleration = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  const end = (p: number): number => {
    const z = bias + normalQuantile(p);
    const shifted = normalCumulative(bias + z / (1 - acceleration * z));
    return quantileSorted(Array.from(draws), Math.min(Math.max(shifted, 0), 1));
  };
  return { estimate, interval: [end((1 - level) / 2), end((1 + level) / 2)], level };
}

/** The BCa bootstrap interval of a statistic of one sample; see `bootstrapStratified`. */
export function bootstrapInterval<T>(
  sample: readonly T[],
  statistic: (sample: readonly T[]) => number,
  options: BootstrapOptions,
): Estimate {
  return bootstrapStratified([sample], ([only = []]) => statistic(only), options);
}

/**
 * The expanded percentile interval of bootstrap draws over `count` independent units (Hesterberg 2015,
 * "What teachers should know about the bootstrap"): percentiles widened so that a mean over few units gets
 * the width of Student's t interval. Draws that are not numbers are left out.
 *
 * Give it 5 units or more: of 3 there are only ten different resamples, and what says 95 % covers about 75 %.
 */
export function expandedPercentile(
  draws: readonly number[],
  { count, level = 0.95 }: { readonly count: number; readonly level?: number },
): Bounds {
  const sorted = draws.filter((draw) => !Number.isNaN(draw)).sort((a, b) => a - b);
  if (sorted.length === 0 || count < 2) {
    throw new Error(`too few draws: ${sorted.length} over ${count} units (some, over 2 or more)`);
  }
  const tail = normalCumulative(
    -Math.sqrt(count / (count - 1)) * studentCritical(level, count - 1),
  );
  return [quantileSorted(sorted, tail), quantileSorted(sorted, 1 - tail)];
}
