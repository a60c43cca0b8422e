import {
  type Claim,
  type Optimum,
  optimumDrift,
  pairedDifference,
  type SweepPoint,
  sweepOptimum,
} from '@hyperlaw/report';
import type { Cell, ParameterizationName, Tuned } from './plan.ts';

/** Drifts smaller than this, in doublings of the rate per doubling of width, count as transfer. */
export const DRIFT_MARGIN = 0.25;

/** What parameterizations are called. */
export const parameterizationTitles: Readonly<Record<ParameterizationName, string>> = {
  mup: 'μP',
  sp: 'SP',
};

/** What is tuned in a group of arms. */
export const groupTitles: Readonly<Record<Cell['group'], string>> = {
  named: 'init scale tuned',
  random: 'init scale tuned',
  fixed: 'init scale fixed at √2',
};

const RESAMPLING = { seed: 34, resamples: 500 };

/** The slice of an arm as a sweep over learning rates. */
export function sliceOf({ outcome }: Tuned): readonly SweepPoint[] {
  return outcome.slice.map(({ value, losses }) => ({
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

/** The best learning rate of an arm's slice, with its interval over tuning seeds, and the slice's loss there. */
export function bestRate(tuned: Tuned): Optimum {
  const slice = sliceOf(tuned);
  const best = sweepOptimum(slice, RESAMPLING);
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

/** Whether the best learning rate transfers over width; the interval is over tasks, so that it covers tuning too. */
export function driftClaims(tuned: readonly Tuned[]): readonly Claim[] {
  return (['named', 'fixed'] as const).flatMap((group) =>
    (['mup', 'sp'] as const).flatMap((name): readonly Claim[] => {
      const arms = tuned.filter((arm) => arm.group === group && arm.parameterization === name);
      if (arms.length === 0) return [];
      const title = `${parameterizationTitles[name]}, ${groupTitles[group]}`;
      return [driftClaim(`The best learning rate transfers over width: ${title}`, driftsOf(arms))];
    }),
  );
}

function driftClaim(name: string, drifts: readonly number[]): Claim {
  const common = { name, task: null, unit: 'doublings of the best rate per doubling of width' };
  if (drifts.length < 2) {
    const test = 'too few tasks with interior optima';
    return { ...common, verdict: 'inconclusive', effect: null, interval: null, test, pValue: null };
  }
  const { estimate, interval, pValue } = pairedDifference(
    drifts,
    drifts.map(() => 0),
  );
  const [low, high] = interval;
  const small = low > -DRIFT_MARGIN && high < DRIFT_MARGIN;
  const large = low > DRIFT_MARGIN || high < -DRIFT_MARGIN;
  return {
    ...common,
    verdict: small ? 'supported' : large ? 'refuted' : 'inconclusive',
    effect: estimate,
    interval,
    test: `mean over ${drifts.length} tasks, t test of no drift`,
    pValue,
    note: `Supported where the interval lies within ±${DRIFT_MARGIN}, refuted where it lies outside. It does not enter the verdict.`,
  };
}

/** The drift in every task whose optima are interior at two widths at least. */
function driftsOf(arms: readonly Tuned[]): readonly number[] {
  return [...new Set(arms.map(({ task }) => task.name))].flatMap((task) => {
    const own = arms.filter((arm) => arm.task.name === task);
    const widths = own.map(({ width }) => width);
    return optimumDrift(widths, own.map(sliceOf), RESAMPLING)?.estimate ?? [];
  });
}
