import { checkCurves, meanLogLosses, type ScalingCurve } from './scaling-curves.ts';

/** How an interval is drawn. */
export interface ExponentIntervalOptions {
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 200. */
  readonly resamples?: number;
  /**
   * Residuals of ln loss from which each point draws its own, for curves of one seed: for instance those of
   * `parametricFit`. By default a curve draws whole residual curves from its own seeds, two or more.
   */
  readonly residuals?: readonly number[];
}

/** An exponent with its interval. */
export interface ExponentInterval {
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
  readonly level: number;
  /** Share of resamples whose exponent was not a number; the interval is of the others. */
  readonly undetermined: number;
}

/**
 * A bootstrap interval of an exponent under the noise of training: new curves around the measured means.
 *
 * Each curve's mean over S seeds is moved by the mean of S residuals drawn with replacement, widened by √(S/(S − 1)) for
 * having been measured from those seeds' mean. The interval reaches half the width of the draws' percentiles to either side
 * of the estimate: their middle is biased where noise chooses among sizes, as in `envelopeFit`. In simulations with 2 to
 * 5 seeds and noise of 0.2 to 1 %, 95 % intervals covered 90 to 95 % with `envelopeFit`, whose exponent is no smooth
 * function of the losses, 93 to 97 % with `isoFlopFit`, and 92 to 95 % with `parametricFit`; at noise of 5 to 10 % those of
 * `isoFlopFit` covered 80 to 91 %.
 * It speaks of noise alone, not of a law of another form. Throws on curves of one seed without `residuals`.
 */
export function exponentInterval(
  curves: readonly ScalingCurve[],
  exponentOf: (curves: readonly ScalingCurve[]) => number,
  { random, level = 0.95, resamples = 200, residuals }: ExponentIntervalOptions,
): ExponentInterval {
  checkCurves(curves, 1);
  const lonely = curves.find(({ losses }) => losses.length < 2);
  if (lonely && !residuals?.length) {
    throw new Error(`one seed at ${lonely.parameters} parameters (two or more, or residuals)`);
  }
  const centred = curves.map((curve) => {
    const means = meanLogLosses(curve);
    const seeds = curve.losses.length;
    const widen = Math.sqrt(seeds / (seeds - 1));
    const own = curve.losses.map((losses) =>
      losses.map((loss, i) => widen * (Math.log(loss) - (means[i] as number))),
    );
    return { curve, means, seeds, own };
  });
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const resampled = (): ScalingCurve[] =>
    centred.map(({ curve, means, seeds, own }) => {
      const drawn = Array.from({ length: seeds }, () =>
        residuals ? means.map(() => pick(residuals)) : pick(own),
      );
      const losses = means.map((mean, i) =>
        Math.exp(mean + drawn.reduce((sum, noise) => sum + (noise[i] as number), 0) / seeds),
      );
      return { ...curve, losses: [losses] };
    });
  const estimate = exponentOf(curves);
  const draws = Array.from({ length: resamples }, () => exponentOf(resampled()));
  const sorted = draws.filter((draw) => !Number.isNaN(draw)).sort((a, b) => a - b);
  const quantile = (p: number): number => {
    // A new draw falls below the k-th of n with probability k/(n + 1): so few resamples do not shorten the interval.
    const at = Math.min(Math.max(p * (sorted.length + 1) - 1, 0), sorted.length - 1);
    const [below, above] = [
      sorted[Math.floor(at)] ?? Number.NaN,
      sorted[Math.ceil(at)] ?? Number.NaN,
    ];
    return below + (at - Math.floor(at)) * (above - below);
  };
  const reach = (quantile((1 + level) / 2) - quantile((1 - level) / 2)) / 2;
  return {
    estimate,
    interval: [estimate - reach, estimate + reach],
    level,
    undetermined: 1 - sorted.length / resamples,
  };
}
