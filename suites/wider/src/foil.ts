import {
  type Bounds,
  type Claim,
  meanInterval,
  type Optimum,
  optimumDrift,
  pairedDifference,
  type SweepPoint,
  sweepOptimum,
  type VerdictWord,
} from '@hyperlaw/report';
import type { ArmOutcome } from '@hyperlaw/sweep';
import { LEVEL } from './levels.ts';
import type { TaskMeasurements } from './measurements.ts';
import { log2Losses } from './measurements.ts';
import type { Cell, ParameterizationName } from './plan.ts';

/** An arm with what it came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
}

/** Drifts smaller than this, in doublings of the rate per doubling of width, count as transfer. */
export const DRIFT_MARGIN = 0.25;

const RESAMPLING = { seed: 34, resamples: 500 };

/** The slice of an arm as a sweep over learning rates. */
export function sliceOf({ outcome }: Tuned): readonly SweepPoint[] {
  return outcome.slice.map(({ value, losses }) => ({
    x: value,
    losses: losses.map(({ loss }) => (loss !== null && loss > 0 ? loss : null)),
  }));
}

/** The best learning rate of an arm's slice, with its interval over tuning seeds. */
export function bestRate(tuned: Tuned): Optimum {
  return sweepOptimum(sliceOf(tuned), RESAMPLING);
}

/** Drift of the best learning rate in one task, doublings per doubling of width; null where too few are interior. */
export function driftOf(arms: readonly Tuned[]): number | null {
  return (
    optimumDrift(
      arms.map(({ width }) => width),
      arms.map(sliceOf),
      RESAMPLING,
    )?.estimate ?? null
  );
}

const names: Readonly<Record<ParameterizationName, string>> = { mup: 'μP', sp: 'SP' };

/** Mean drift over the named tasks; the interval is over tasks, so that it covers tuning too. */
export function driftClaim(name: ParameterizationName, drifts: readonly number[]): Claim {
  const common = {
    name:
      name === 'mup'
        ? 'The best learning rate transfers over width in μP'
        : 'The best learning rate drifts with width in SP',
    task: null,
    unit: 'doublings of the best rate per doubling of width',
  };
  if (drifts.length < 2) {
    const test = 'too few tasks with interior optima';
    return { ...common, verdict: 'inconclusive', effect: null, interval: null, test, pValue: null };
  }
  const { estimate, interval, pValue } = pairedDifference(
    drifts,
    drifts.map(() => 0),
  );
  return {
    ...common,
    verdict: driftVerdict(name, interval),
    effect: estimate,
    interval,
    test: `mean over ${drifts.length} tasks, t test`,
    pValue,
    note: `${names[name]}: supported where the interval ${name === 'mup' ? `lies within ±${DRIFT_MARGIN}` : 'excludes 0'}, refuted where it ${name === 'mup' ? 'lies outside' : `lies within ±${DRIFT_MARGIN}`}. It does not enter the verdict.`,
  };
}

function driftVerdict(name: ParameterizationName, [low, high]: Bounds): VerdictWord {
  const small = low > -DRIFT_MARGIN && high < DRIFT_MARGIN;
  const large = low > DRIFT_MARGIN || high < -DRIFT_MARGIN;
  if (name === 'mup') return small ? 'supported' : large ? 'refuted' : 'inconclusive';
  return low > 0 || high < 0 ? 'supported' : small ? 'refuted' : 'inconclusive';
}

/** The tuned init scale by width: mean of its log2 over the named tasks, with an interval over tasks. */
export function scaleTrend(tuned: readonly Tuned[], name: ParameterizationName) {
  const arms = tuned.filter((arm) => arm.group === 'named' && arm.parameterization === name);
  return [...new Set(arms.map(({ width }) => width))].flatMap((width) => {
    const scales = arms.flatMap((arm) => {
      const scale = arm.width === width ? arm.outcome.winner?.knobs.initScale : undefined;
      return scale === undefined ? [] : [Math.log2(scale)];
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
  readonly mean: ReturnType<typeof pairedDifference> | null;
}

/** How much worse tuned SP is than tuned μP at every width, paired by seed within a task. */
export function gapsOf(named: readonly TaskMeasurements[]): readonly Gap[] {
  const widths = named[0]?.mup.map(({ width }) => width) ?? [];
  return widths.map((width, i) => {
    const tasks = named.map(({ title, mup, sp, ceiling }) => {
      const differences = subtract(log2Losses(sp, ceiling), log2Losses(mup, ceiling), i);
      const { estimate, interval } = meanInterval(differences);
      return { title, gap: estimate, interval };
    });
    const gaps = tasks.map(({ gap }) => gap);
    const zeros = gaps.map(() => 0);
    return { width, tasks, mean: gaps.length > 1 ? pairedDifference(gaps, zeros) : null };
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
