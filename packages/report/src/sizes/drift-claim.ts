import { meanInterval } from '../statistics/mean.ts';
import { meanError, regionTest } from '../statistics/region.ts';
import type { Claim } from '../verdict.ts';

/** Drifts smaller than this, in doublings of the rate per doubling of a size, count as transfer. */
export const DRIFT_MARGIN = 0.25;

/** Whether the best rate transfers over a size, from its drift in every task; the interval is over tasks. */
export function driftClaim(
  name: string,
  drifts: readonly number[],
  { size }: { readonly size: string },
): Claim {
  const common = { name, task: null, unit: `doublings of the best rate per doubling of ${size}` };
  if (drifts.length < 2) {
    const test = 'too few tasks with interior optima';
    return { ...common, verdict: 'inconclusive', effect: null, interval: null, test, pValue: null };
  }
  const { estimate, interval } = meanInterval(drifts);
  const [low, high] = interval;
  const small = low > -DRIFT_MARGIN && high < DRIFT_MARGIN;
  const large = low > DRIFT_MARGIN || high < -DRIFT_MARGIN;
  const region = { low: -DRIFT_MARGIN, high: DRIFT_MARGIN };
  const { inside, outside } = regionTest(estimate, [meanError(drifts)], region);
  return {
    ...common,
    verdict: small ? 'supported' : large ? 'refuted' : 'inconclusive',
    effect: estimate,
    interval,
    test: `mean over ${drifts.length} tasks, ${large ? `t test of a drift within ±${DRIFT_MARGIN}` : `t tests of a drift beyond ±${DRIFT_MARGIN}`}, p doubled`,
    pValue: Math.min(1, 2 * (large ? outside : inside)),
    note: `Supported where the interval lies within ±${DRIFT_MARGIN}, refuted where it lies outside. Arms on the edge of a range, or that learnt nothing, are left out. It does not enter the verdict.`,
  };
}
