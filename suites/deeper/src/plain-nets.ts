import {
  armContrast,
  type Claim,
  LEVEL,
  log2Losses,
  meanTest,
  type SizedArm,
  type SizedLosses,
  slopeUnit,
  slopeWeights,
  type Tested,
} from '@hyperlaw/report';
import { whereTitles } from './decision-rule.ts';
import { type Comparison, comparisons } from './equal-budgets.ts';

type ByComparison = Readonly<Record<Comparison, readonly SizedLosses[]>>;

/** Whether deeper is better in plain nets, on average over named tasks; the interval is over tasks. */
export function plainClaims(plain: ByComparison): readonly Claim[] {
  return comparisons.flatMap((comparison): readonly Claim[] => {
    const tasks = plain[comparison];
    if (tasks.length < 2) return [];
    const slopes = tasks.map((task) => {
      const weights = slopeWeights(task.arms.map(({ size }) => Math.log2(size)));
      return armContrast(log2Losses(task.arms, task), weights, { scatter: null }).estimate;
    });
    const { estimate, interval, pValue } = meanTest(slopes);
    return [
      {
        name: `Deeper is better ${whereTitles[comparison]} on average over named tasks: plain nets`,
        task: null,
        verdict: pValue > LEVEL ? 'inconclusive' : estimate < 0 ? 'supported' : 'refuted',
        effect: estimate,
        interval,
        test: `mean slope over ${tasks.length} tasks, t test`,
        pValue,
        unit: slopeUnit({ size: 'depth', more: 'deeper' }),
        note: `It does not enter the verdict. The best depth by task: ${tasks.map((task) => `${bestDepth(task)} (${task.title})`).join(', ')}.`,
      },
    ];
  });
}

/** The depth of the least mean log loss over judging seeds. */
export function bestDepth(task: SizedLosses): number {
  const rows = log2Losses(task.arms, task);
  const sums = task.arms.map((_, arm) => rows.reduce((sum, row) => sum + (row[arm] as number), 0));
  return task.arms[sums.indexOf(Math.min(...sums))]?.size ?? 0;
}

/** log2 of the tuned loss of plain nets over that of residual ones at one depth and equal width. */
export interface Gap {
  readonly depth: number;
  readonly count: number;
  /** Over tasks. */
  readonly mean: Tested;
}

/**
 * How much worse plain nets are than residual ones at every depth, paired by seed within a task; tasks in which either
 * stands on the edge are left out.
 */
export function gapsOf(
  plain: readonly SizedLosses[],
  residual: readonly SizedLosses[],
): readonly Gap[] {
  const depths = plain[0]?.arms.map(({ size }) => size) ?? [];
  return depths.flatMap((depth): readonly Gap[] => {
    const gaps = plain.flatMap((task): readonly number[] => {
      const other = residual.find((each) => each.task === task.task);
      const own = armAt(task, depth);
      const its = other && armAt(other, depth);
      // Further tuning would lower a net on the edge. Where nothing trained, that is what tuning comes to.
      if (!own || !its || [own, its].some(({ status }) => status === 'edge')) return [];
      const [a, b] = [log2Losses([own], task), log2Losses([its], task)];
      const differences = a.map(([loss], seed) => (loss as number) - (b[seed]?.[0] as number));
      return [differences.reduce((sum, each) => sum + each, 0) / differences.length];
    });
    const mean = gaps.length > 1 ? meanTest(gaps) : null;
    return mean ? [{ depth, count: gaps.length, mean }] : [];
  });
}

const armAt = (task: SizedLosses, depth: number): SizedArm | undefined =>
  task.arms.find(({ size }) => size === depth);

/** Whether plain nets, tuned as residual ones are, fall behind them at the greatest depth. */
export function gapClaims(gaps: readonly Gap[]): readonly Claim[] {
  const deepest = gaps[gaps.length - 1];
  if (!deepest) return [];
  const { estimate, interval, pValue } = deepest.mean;
  return [
    {
      name: `Tuned plain nets are worse than tuned residual ones at depth ${deepest.depth}`,
      task: null,
      verdict: pValue > LEVEL ? 'inconclusive' : estimate > 0 ? 'supported' : 'refuted',
      effect: estimate,
      interval,
      test: `mean over ${deepest.count} tasks, t test`,
      pValue,
      unit: '$\\log_2$ loss, plain over residual',
      note: 'At equal width. It does not enter the verdict.',
    },
  ];
}
