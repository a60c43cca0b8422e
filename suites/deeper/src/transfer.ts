import { learntAnything } from '@hyperlaw/cli';
import {
  type Claim,
  driftClaim,
  driftEstimate,
  LEVEL,
  meanInterval,
  meanTest,
  slopeWeights,
  sweepOf,
} from '@hyperlaw/report';
import { tunedStatus } from '@hyperlaw/sweep';
import { type Tuned, transfers } from './plan.ts';

/** What the nets of the transfer arms are called. */
export function ruleTitle({ net, rule }: Pick<Tuned, 'net' | 'rule'>): string {
  if (net === 'plain') return 'plain';
  switch (rule) {
    case 'none':
      return 'branches × 1';
    case 'sqrt':
      return 'branches × 1/√L';
    case 'completep':
      return 'CompleteP, × 1/L';
  }
}

/** Whether the best rate transfers over depth under each rule; the interval is over tasks, so that it covers tuning. */
export function driftClaims(tuned: readonly Tuned[]): readonly Claim[] {
  return transfers.flatMap(({ net, rule }): readonly Claim[] => {
    const arms = tuned.filter(
      (arm) => arm.group === 'transfer' && arm.net === net && arm.rule === rule,
    );
    if (arms.length === 0) return [];
    const name = `The best learning rate transfers over depth: ${ruleTitle({ net, rule })}`;
    return [driftClaim(name, driftsOf(arms), { size: 'depth' })];
  });
}

/** The drift in every task with two depths at least at which something is learnt and the optimum interior. */
function driftsOf(arms: readonly Tuned[]): readonly number[] {
  return [...new Set(arms.map(({ task }) => task.name))].flatMap((task) => {
    const own = arms.filter((arm) => arm.task.name === task && learntAnything(arm));
    const sweeps = own.map(({ outcome }) => sweepOf(outcome));
    const depths = own.map(({ depth }) => depth);
    return driftEstimate(depths, sweeps)?.estimate ?? [];
  });
}

/** Named residual nets of equal width that learnt something, whose multiplier is tuned and interior. */
const multiplied = (tuned: readonly Tuned[]) =>
  tuned.filter(
    (arm) =>
      arm.group === 'named' &&
      arm.net === 'residual' &&
      arm.comparisons.includes('width') &&
      tunedStatus(arm.outcome) === 'interior' &&
      learntAnything(arm),
  );

/** log2 of what a branch is multiplied by in all, the rule's L^{-1/2} included. */
const log2Multiplier = ({ outcome, depth }: Tuned): number =>
  Math.log2(outcome.winner?.knobs.branchMultiplier ?? 1) - Math.log2(depth) / 2;

/** The tuned multiplier by depth: mean of its log2 over tasks, with an interval over tasks. */
export function multiplierTrend(tuned: readonly Tuned[]) {
  const arms = multiplied(tuned);
  const depths = [...new Set(arms.map(({ depth }) => depth))].sort((a, b) => a - b);
  return depths.flatMap((depth) => {
    const logs = arms.filter((arm) => arm.depth === depth).map(log2Multiplier);
    return logs.length < 2 ? [] : [{ depth, ...meanInterval(logs) }];
  });
}

/** Whether the best branch multiplier falls with depth, and with which exponent; the interval is over tasks. */
export function multiplierClaims(tuned: readonly Tuned[]): readonly Claim[] {
  const arms = multiplied(tuned);
  const slopes = [...new Set(arms.map(({ task }) => task.name))].flatMap((task) => {
    const own = arms.filter((arm) => arm.task.name === task);
    if (new Set(own.map(({ depth }) => depth)).size < 3) return [];
    const weights = slopeWeights(own.map(({ depth }) => Math.log2(depth)));
    return [own.reduce((sum, arm, i) => sum + log2Multiplier(arm) * (weights[i] as number), 0)];
  });
  if (slopes.length < 2) return [];
  const { estimate, interval, pValue } = meanTest(slopes);
  return [
    {
      name: 'The best branch multiplier falls with depth',
      task: null,
      verdict: pValue > LEVEL ? 'inconclusive' : estimate < 0 ? 'supported' : 'refuted',
      effect: estimate,
      interval,
      test: `mean exponent over ${slopes.length} tasks, t test of 0`,
      pValue,
      unit: 'doublings of the multiplier per doubling of depth',
      note: 'At equal width, learning rate and init scale tuned too; arms on the edge of a range, or that learnt nothing, are left out. Theory has $-1/2$ or $-1$. It does not enter the verdict.',
    },
  ];
}
