import {
  type Claim,
  type Estimate,
  holm,
  medianInterval,
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
  /** Tasks of which neither the narrowest nor the widest net learnt anything; they are in no count below. */
  readonly ties: number;
  /** Widest against narrowest. */
  readonly overall: Wins;
  /** Each width against the one before. */
  readonly steps: readonly Wins[];
  /** Tasks whose slope differs from zero over seeds, Holm over the sample: better, worse. */
  readonly clear: readonly [better: number, worse: number];
  /** Median slope over tasks, those left out that an arm on the edge favours. */
  readonly medianSlope: Tested;
  /** How many tasks are left out of the median for that. */
  readonly favoured: number;
}

/** Counts wins in tasks drawn at random. Throws on fewer than two tasks. */
export function randomSample(random: readonly TaskMeasurements[]): RandomSample {
  const effects = random.map(taskEffect);
  const learnt = effects.filter((effect) => effect.learnt);
  const sound = learnt.filter(({ slope }) => !slope.favoured);
  const narrowest = random[0]?.mup[0]?.width ?? 0;
  const widest = random[0]?.mup[random[0].mup.length - 1]?.width ?? 0;
  const steps = effects[0]?.steps ?? [];
  const adjusted = holm(effects.map(({ slope }) => slope.guarded));
  const clear = (sign: number) =>
    effects.filter(({ slope }, i) => (adjusted[i] as number) <= LEVEL && sign * slope.estimate > 0)
      .length;
  return {
    effects,
    ties: effects.length - learnt.length,
    overall: winsOf(
      `width ${widest} against ${narrowest}`,
      learnt.map(({ ends }) => ends),
    ),
    steps: steps.map(({ from, to }, i) =>
      winsOf(
        `width ${to} against ${from}`,
        learnt.map((effect) => effect.steps[i] as Slope),
      ),
    ),
    clear: [clear(-1), clear(1)],
    medianSlope: medianInterval(sound.length > 0 ? sound.map(({ slope }) => slope.estimate) : [0]),
    favoured: learnt.length - sound.length,
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
  medianSlope,
  favoured,
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
      note: `Wider wins in ${overall.count} of ${overall.total} tasks${ties > 0 ? ` (${ties} more, in which neither learnt anything, are left out)` : ''}; over seeds alone, tuning noise not counted, single tasks are clear in ${clear[0]} for and ${clear[1]} against (Holm over all ${effects.length}).`,
    },
    {
      name: 'Wider is better in the median task drawn at random',
      task: null,
      verdict: verdict(medianSlope.pValue, medianSlope.estimate < 0),
      effect: medianSlope.estimate,
      interval: medianSlope.interval,
      test: 'median over tasks, exact interval, sign test',
      pValue: medianSlope.pValue,
      unit: UNIT,
      note: `The task is the unit, given the seeds, which all tasks share.${favoured > 0 ? ` ${favoured} tasks in which an arm on the edge favours the effect are left out.` : ''}`,
    },
  ];
}
