import { learntAnything } from '@hyperlaw/cli';
import {
  bestRate as bestRateOf,
  type Claim,
  driftClaim,
  driftEstimate,
  type Optimum,
  type SweepPoint,
  sweepOf,
} from '@hyperlaw/report';
import type { Cell, ParameterizationName, Tuned } from './plan.ts';

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

/** The slice of an arm as a sweep over learning rates. */
export const sliceOf = ({ outcome }: Tuned): readonly SweepPoint[] => sweepOf(outcome);

/** The best learning rate of an arm's slice, with its interval over tuning seeds, and the slice's loss there. */
export const bestRate = ({ outcome }: Tuned): Optimum => bestRateOf(outcome);

/** Whether the best learning rate transfers over width; the interval is over tasks, so that it covers tuning too. */
export function driftClaims(tuned: readonly Tuned[]): readonly Claim[] {
  return (['named', 'fixed'] as const).flatMap((group) =>
    (['mup', 'sp'] as const).flatMap((name): readonly Claim[] => {
      const arms = tuned.filter((arm) => arm.group === group && arm.parameterization === name);
      if (arms.length === 0) return [];
      const title = `${parameterizationTitles[name]}, ${groupTitles[group]}`;
      const claim = `The best learning rate transfers over width: ${title}`;
      return [driftClaim(claim, driftsOf(arms), { size: 'width' })];
    }),
  );
}

/** The drift in every task with two widths at least at which something is learnt and the optimum interior. */
function driftsOf(arms: readonly Tuned[]): readonly number[] {
  return [...new Set(arms.map(({ task }) => task.name))].flatMap((task) => {
    const own = arms.filter((arm) => arm.task.name === task && learntAnything(arm));
    const widths = own.map(({ width }) => width);
    return driftEstimate(widths, own.map(sliceOf))?.estimate ?? [];
  });
}
