import {
  type Claim,
  type Estimate,
  holm,
  pairedDifference,
  shareInterval,
  shareTest,
  type Tested,
} from '@hyperlaw/report';
import { LEVEL, UNIT } from './levels.ts';
import type { TaskMeasurements } from './measurements.ts';
import type { Slope, TaskEffect } from './task-effect.ts';
import { taskEffect } from './task-effect.ts';

/** Wins of the wider net among tasks, with the exact interval and test against one half. */
export interface Wins {
  readonly label: string;
  readonly count: number;
  readonly total: number;
  readonly share: Estimate;
  /** The larger of the p values with and without the tasks whose loser stands on the edge of its range. */
  readonly pValue: number;
}

/** What the tasks drawn at random say. */
export interface RandomSample {
  readonly effects: readonly TaskEffect[];
  /** Tasks of which neither the narrowest nor the widest net learnt anything. */
  readonly ties: number;
  /** Widest against narrowest. */
  readonly overall: Wins;
  /** Each width against the one before. */
  readonly steps: readonly Wins[];
  /** Tasks whose slope differs from zero over seeds, Holm over the sample: better, worse. */
  readonly clear: readonly [better: number, worse: number];
  /** Mean slope over tasks, the tasks being the sample. */
  readonly meanSlope: Tested;
}

/** Counts wins in tasks drawn at random. Throws on fewer than two tasks. */
export function randomSample(random: readonly TaskMeasurements[]): RandomSample {
  const effects = random.map(taskEffect);
  const narrowest = random[0]?.mup[0]?.width ?? 0;
  const widest = random[0]?.mup[random[0].mup.length - 1]?.width ?? 0;
  const steps = effects[0]?.steps ?? [];
  const slopes = effects.map(({ slope }) => slope.estimate);
  const adjusted = holm(effects.map(({ slope }) => slope.guarded));
  const clear = (sign: number) =>
    effects.filter(({ slope }, i) => (adjusted[i] as number) <= LEVEL && sign * slope.estimate > 0)
      .length;
  return {
    effects,
    ties: slopes.filter((slope) => slope === 0).length,
    overall: winsOf(
      `width ${widest} against ${narrowest}`,
      effects.map(({ slope }) => slope),
    ),
    steps: steps.map(({ from, to }, i) =>
      winsOf(
        `width ${to} against ${from}`,
        effects.map((effect) => effect.steps[i] as Slope),
      ),
    ),
    clear: [clear(-1), clear(1)],
    meanSlope: pairedDifference(
      slopes,
      slopes.map(() => 0),
    ),
  };
}

function winsOf(label: string, slopes: readonly Slope[]): Wins {
  const decided = slopes.filter(({ estimate }) => estimate !== 0);
  const count = decided.filter(({ estimate }) => estimate < 0).length;
  const total = Math.max(1, decided.length);
  const better = 2 * count > total;
  // A loser on the edge of its range might have won if tuned further: such tasks are no evidence.
  const doubtful = decided.filter(
    ({ estimate, favoured }) => estimate < 0 === better && favoured,
  ).length;
  const left = decided.length - doubtful;
  const guarded = left > 0 ? shareTest(better ? count - doubtful : count, left) : 1;
  return {
    label,
    count,
    total,
    share: shareInterval(count, total),
    pValue: Math.max(shareTest(count, total), guarded),
  };
}

/** The claims of a random sample; the first decides. */
export function sampleClaims({
  overall,
  meanSlope,
  ties,
  clear,
  effects,
}: RandomSample): readonly Claim[] {
  const verdict = (pValue: number, better: boolean) =>
    pValue > LEVEL ? 'inconclusive' : better ? 'supported' : 'refuted';
  return [
    {
      name: `Wider wins in most tasks drawn at random: ${overall.label}`,
      task: null,
      verdict: verdict(overall.pValue, 2 * overall.count > overall.total),
      effect: overall.share.estimate,
      interval: overall.share.interval,
      test: 'exact binomial test against 1/2, Clopper–Pearson interval',
      pValue: overall.pValue,
      unit: 'share of tasks',
      note: `Wider wins in ${overall.count} of ${overall.total} tasks${ties > 0 ? ` (${ties} more, in which neither learnt anything, are left out)` : ''}; single tasks are clear, corrected over all ${effects.length}, in ${clear[0]} for and ${clear[1]} against.`,
    },
    {
      name: 'Wider is better on average over tasks drawn at random',
      task: null,
      verdict: verdict(meanSlope.pValue, meanSlope.estimate < 0),
      effect: meanSlope.estimate,
      interval: meanSlope.interval,
      test: 'mean over tasks, t test',
      pValue: meanSlope.pValue,
      unit: UNIT,
      note: 'The interval covers the choice of tasks, tuning and seeds alike, since the task is the unit.',
    },
  ];
}
