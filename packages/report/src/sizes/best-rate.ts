import type { Optimum, SweepPoint } from '../statistics/optimum.ts';
import { sweepOptimum } from '../statistics/optimum.ts';

/** One point of a slice along the learning rate, as a protocol measures it. */
interface Sliced {
  readonly value: number;
  readonly losses: readonly { readonly loss: number | null }[];
}

/** How intervals of rates are resampled; fixed, so that a page draws the same twice. */
export const RATE_RESAMPLING = { seed: 34, resamples: 500 };

/** What a best rate and its interval are, for captions. */
export const RATE_INTERVAL =
  'its interval over tuning seeds (the vertex of a parabola in logarithms through up to five points about the lowest; nominally 95 %, but so few seeds cover less: three of them the best rate about three times in four)';

/** The slice of an outcome as a sweep over learning rates. */
export function sweepOf({ slice }: { readonly slice: readonly Sliced[] }): readonly SweepPoint[] {
  return slice.map(({ value, losses }) => ({
    x: value,
    losses: losses.map(({ loss }) => (loss !== null && loss > 0 ? loss : null)),
  }));
}

/** Mean loss of a point of a slice; null where one of its seeds diverged. */
export function pointLoss({ losses }: SweepPoint): number | null {
  const finished = losses.filter((loss) => loss !== null);
  const whole = losses.length > 0 && finished.length === losses.length;
  return whole ? finished.reduce((sum, loss) => sum + loss, 0) / finished.length : null;
}

/** The best learning rate of an outcome's slice, with its interval over tuning seeds, and the slice's loss there. */
export function bestRate(outcome: { readonly slice: readonly Sliced[] }): Optimum {
  const slice = sweepOf(outcome);
  const best = sweepOptimum(slice, RATE_RESAMPLING);
  return { ...best, loss: best.x === null ? null : lossAt(slice, best.x) };
}

/** The loss between two points of a slice, on the straight line that figures draw in logarithms. */
function lossAt(slice: readonly SweepPoint[], x: number): number | null {
  const points = slice.flatMap((point) => {
    const loss = pointLoss(point);
    return loss === null ? [] : [{ t: Math.log2(point.x), y: Math.log2(loss) }];
  });
  const t = Math.log2(x);
  const right = points.findIndex((point) => point.t >= t - 1e-9);
  const [a, b] = [points[Math.max(0, right - 1)], points[right]];
  if (a === undefined || b === undefined) return null;
  return 2 ** (a === b ? b.y : a.y + ((b.y - a.y) * (t - a.t)) / (b.t - a.t));
}
