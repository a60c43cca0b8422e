import {
  checkCurves,
  meanLogLosses,
  type OptimumLine,
  optimumLine,
  type ScalingCurve,
} from './scaling-curves.ts';
import { trainingCompute } from './scaling-law.ts';

/** How often the budgets are chosen anew by the line found. */
const PASSES = 4;

/** Where the envelope is read. */
export interface EnvelopeOptions {
  /** Budgets tried, equally spaced in ln C over all curves; default 400. */
  readonly budgets?: number;
  /** Sizes at either end of those compared at a budget that the fitted optimum has to stay clear of; default 1. */
  readonly spare?: number;
}

/**
 * Approach 1 of 2203.15556: at each compute the size whose training curve is lowest, and a line through ln N over ln C.
 *
 * Curves, one a size, are interpolated linearly in ln C. A budget counts where the line itself, not the noisy winner, lies
 * clear of the smallest and the largest size compared there, and the line is fitted anew to those: choosing by the
 * winner flattens it, since chance then pulls inwards only. Learning rates must not depend on the horizon, or every
 * point of a curve be a run of its own. The exponent is not a number where fewer than two budgets count.
 * Throws on fewer than four sizes, two curves of one size, and losses not positive.
 */
export function envelopeFit(
  curves: readonly ScalingCurve[],
  { budgets = 400, spare = 1 }: EnvelopeOptions = {},
): OptimumLine {
  checkCurves(curves, 4);
  const sorted = [...curves]
    .sort((a, b) => a.parameters - b.parameters)
    .map((curve) => ({
      parameters: curve.parameters,
      logCompute: curve.tokens.map((tokens) => Math.log(trainingCompute(curve.parameters, tokens))),
      logLosses: meanLogLosses(curve),
    }));
  const twice = sorted.find(({ parameters }, i) => sorted[i + 1]?.parameters === parameters);
  if (twice) throw new Error(`two curves of ${twice.parameters} parameters (seeds of one curve)`);
  const all = sorted.flatMap(({ logCompute }) => logCompute);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const grid = Array.from({ length: budgets + 1 }, (_, b) => {
    const logC = low + ((high - low) * b) / budgets;
    const here = sorted
      .map(({ parameters, logCompute, logLosses }) => ({
        parameters,
        loss: interpolate(logCompute, logLosses, logC),
      }))
      .filter(({ loss }) => loss < Number.POSITIVE_INFINITY);
    return {
      compute: Math.exp(logC),
      sizes: here.map(({ parameters }) => parameters),
      best: lowest(here),
    };
  });
  const within = (parameters: number, sizes: readonly number[]): boolean =>
    parameters > (sizes[spare] ?? Number.POSITIVE_INFINITY) &&
    parameters < (sizes[sizes.length - 1 - spare] ?? Number.NEGATIVE_INFINITY);
  const lineThrough = (chosen: typeof grid): OptimumLine =>
    optimumLine(chosen.map(({ compute, best }) => ({ compute, parameters: best })));
  let line = lineThrough(grid.filter(({ best, sizes }) => within(best, sizes)));
  for (let pass = 0; pass < PASSES; pass++) {
    const { exponent, intercept } = line;
    line = lineThrough(
      grid.filter(({ compute, sizes }) =>
        within(Math.exp(intercept + exponent * Math.log(compute)), sizes),
      ),
    );
  }
  return line;
}

/** The size of the lowest loss. */
const lowest = (here: readonly { readonly parameters: number; readonly loss: number }[]): number =>
  here.length === 0
    ? Number.NaN
    : here.reduce((best, next) => (next.loss < best.loss ? next : best)).parameters;

/** Linear between points; `Infinity` outside them. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const right = xs.findIndex((value) => value >= x);
  if (right < 0 || (right === 0 && xs[0] !== x)) return Number.POSITIVE_INFINITY;
  if (right === 0) return ys[0] as number;
  const [x0, x1] = [xs[right - 1] as number, xs[right] as number];
  const share = (x - x0) / (x1 - x0);
  return (1 - share) * (ys[right - 1] as number) + share * (ys[right] as number);
}
