import {
  armContrast,
  type Bounds,
  type Claim,
  LEVEL,
  log2Losses,
  meanInterval,
  meanTest,
  slopeWeights,
  type Tested,
} from '@hyperlaw/report';
import { groupTitles, parameterizationTitles } from './drift.ts';
import type { TaskMeasurements } from './measurements.ts';
import type { ParameterizationName, Tuned } from './plan.ts';
import { UNIT } from './words-of-width.ts';

/** The tuned init scale by width: mean of its log2 over the named tasks whose optimum is interior, with an interval over tasks. */
export function scaleTrend(tuned: readonly Tuned[], name: ParameterizationName) {
  const arms = tuned.filter((arm) => arm.group === 'named' && arm.parameterization === name);
  return [...new Set(arms.map(({ width }) => width))].flatMap((width) => {
    const scales = arms.flatMap((arm) => {
      const { status, winner } = arm.outcome;
      const scale = winner?.knobs.initScale;
      const known = arm.width === width && status === 'interior' && scale !== undefined;
      return known ? [Math.log2(scale)] : [];
    });
    return scales.length < 2 ? [] : [{ width, ...meanInterval(scales) }];
  });
}

/** log2 of the tuned loss of SP over that of μP at one width, by task. */
export interface Gap {
  readonly width: number;
  readonly tasks: readonly {
    readonly title: string;
    readonly gap: number;
    readonly interval: Bounds;
  }[];
  /** Over tasks; null with fewer than two. */
  readonly mean: Tested | null;
}

/**
 * How much worse tuned SP is than tuned μP at every width, paired by seed within a task; tasks in which either
 * stands on the edge are left out.
 */
export function gapsOf(named: readonly TaskMeasurements[]): readonly Gap[] {
  const widths = named[0]?.mup.map(({ size }) => size) ?? [];
  return widths.map((width, i) => {
    // Further tuning would lower a loss on the edge. Where nothing trained, that is what tuning comes to.
    const sound = named.filter(
      ({ mup, sp }) => sp[i] && ![mup[i], sp[i]].some((arm) => arm?.status === 'edge'),
    );
    const tasks = sound.map((task) => {
      const differences = subtract(log2Losses(task.sp, task), log2Losses(task.mup, task), i);
      const { estimate, interval } = meanInterval(differences);
      return { title: task.title, gap: estimate, interval };
    });
    const gaps = tasks.map(({ gap }) => gap);
    return { width, tasks, mean: gaps.length > 1 ? meanTest(gaps) : null };
  });
}

function subtract(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  column: number,
): readonly number[] {
  return a.map((row, seed) => (row[column] as number) - (b[seed]?.[column] as number));
}

/** Whether SP, tuned as μP is, falls behind it at the greatest width. */
export function gapClaim(gaps: readonly Gap[]): Claim | null {
  const widest = gaps[gaps.length - 1];
  if (!widest?.mean) return null;
  const { estimate, interval, pValue } = widest.mean;
  return {
    name: `Tuned SP is worse than tuned μP at width ${widest.width}`,
    task: null,
    verdict: pValue > LEVEL ? 'inconclusive' : estimate > 0 ? 'supported' : 'refuted',
    effect: estimate,
    interval,
    test: `mean over ${widest.tasks.length} tasks, t test`,
    pValue,
    unit: '$\\log_2$ loss, SP over μP',
    note: 'It does not enter the verdict.',
  };
}

/** Whether wider is better in the named tasks when the init scale is not tuned; the interval is over tasks. */
export function fixedClaims(fixed: readonly TaskMeasurements[]): readonly Claim[] {
  if (fixed.length < 2) return [];
  return (['mup', 'sp'] as const).map((name) => {
    const slopes = fixed.map((task) => {
      const widths = task[name];
      const weights = slopeWeights(widths.map(({ size }) => Math.log2(size)));
      return armContrast(log2Losses(widths, task), weights, { scatter: null }).estimate;
    });
    const { estimate, interval, pValue } = meanTest(slopes);
    return {
      name: `Wider is better on average over named tasks: ${parameterizationTitles[name]}, ${groupTitles.fixed}`,
      task: null,
      verdict: pValue > LEVEL ? 'inconclusive' : estimate < 0 ? 'supported' : 'refuted',
      effect: estimate,
      interval,
      test: `mean slope over ${fixed.length} tasks, t test`,
      pValue,
      unit: UNIT,
      note: 'It does not enter the verdict: the question is about tuned nets.',
    };
  });
}
