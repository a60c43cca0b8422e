import { linearRegression } from 'simple-statistics';
import type { Bounds } from '../verdict.ts';
import { type BootstrapOptions, expandedPercentile } from './bootstrap.ts';
import { minima, type SweepPoint, seedChoices } from './optimum.ts';

/** How the optimum moves with size. */
export interface Drift {
  /** Slope of log2 optimum against log2 size: doublings of the knob per doubling of size. */
  readonly estimate: number;
  /** Over seeds; null with fewer than two. */
  readonly interval: Bounds | null;
  readonly level: number;
  /** log2 of the optimum that the line has at size 1. */
  readonly intercept: number;
  /** Sizes that entered: those whose optimum is interior. */
  readonly sizes: readonly number[];
}

/**
 * The drift of a tuned knob: the slope of log2 optimum over log2 size (−1 where the best rate halves with
 * every doubling of width, 0 where it transfers), with an expanded percentile interval from resampling seeds
 * jointly at all sizes. Sizes whose optimum stands on the edge are left out; null where fewer than two remain.
 */
export function optimumDrift(
  sizes: readonly number[],
  sweeps: readonly (readonly SweepPoint[])[],
  options: BootstrapOptions,
): Drift | null {
  if (sizes.length !== sweeps.length) {
    throw new Error(`unmatched sweeps: ${sweeps.length} for ${sizes.length} sizes (one a size)`);
  }
  const level = options.level ?? 0.95;
  const { all, drawn } = seedChoices(sweeps, options);
  const found = sweeps.map((sweep) => minima(sweep, [all, ...drawn]));
  const kept = sizes.flatMap((_, i) => (found[i]?.[0]?.edge === false ? [i] : []));
  if (kept.length < 2) return null;
  const line = (draw: number) =>
    linearRegression(
      kept.flatMap((i) => {
        const at = found[i]?.[draw];
        return at === undefined ? [] : [[Math.log2(sizes[i] as number), at.log2x]];
      }),
    );
  const { m, b } = line(0);
  return {
    estimate: m,
    interval:
      drawn.length === 0
        ? null
        : expandedPercentile(
            drawn.map((_, draw) => line(draw + 1).m),
            { count: all.length, level },
          ),
    level,
    intercept: b,
    sizes: kept.map((i) => sizes[i] as number),
  };
}

/** The drift alone: `optimumDrift` without an interval, and without the resampling that gives one. */
export function driftEstimate(
  sizes: readonly number[],
  sweeps: readonly (readonly SweepPoint[])[],
): Pick<Drift, 'estimate' | 'sizes'> | null {
  return optimumDrift(sizes, sweeps, { seed: 0, resamples: 0 });
}
