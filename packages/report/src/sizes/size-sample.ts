import type { Estimate } from '../statistics/estimate.ts';
import { holm } from '../statistics/holm.ts';
import { medianInterval } from '../statistics/median.ts';
import type { Tested } from '../statistics/paired.ts';
import { shareInterval, shareTest } from '../statistics/share.ts';
import type { Claim } from '../verdict.ts';
import { LEVEL } from './levels.ts';
import type { SizeEffect, Slope } from './size-effect.ts';
import { sizeEffect } from './size-effect.ts';
import type { SizeWords } from './size-words.ts';
import { capital, slopeUnit } from './size-words.ts';
import type { SizedLosses } from './sized-losses.ts';

/** Wins of the larger net among tasks, with the exact interval and test against one half. */
export interface Wins {
  readonly label: string;
  readonly count: number;
  readonly total: number;
  /** Null where no task is decided. */
  readonly share: Estimate | null;
  /**
   * The larger of the p values with and without the tasks whose loser stands on the edge of its range; 1 where those without
   * lie on the other side.
   */
  readonly pValue: number;
}

/** What the tasks drawn at random say. */
export interface SizeSample {
  readonly effects: readonly SizeEffect[];
  /** Tasks of which neither the smallest nor the largest net learnt anything; they are in no count below. */
  readonly ties: number;
  /** Largest against smallest. */
  readonly overall: Wins;
  /** Each size against the one before. */
  readonly steps: readonly Wins[];
  /** Tasks whose slope differs from zero over seeds, Holm over the sample: better, worse. */
  readonly clear: readonly [better: number, worse: number];
  /**
   * Median slope over tasks that learnt something, null where nothing else is left; `guarded` is the larger of the p values with and without the
   * tasks that an arm on the edge draws to the median's side.
   */
  readonly medianSlope: (Tested & { readonly guarded: number }) | null;
  /** How many tasks these are. */
  readonly favoured: number;
}

/** Counts wins in tasks drawn at random, all measured at the same sizes. Throws on fewer than two sizes. */
export function sizeSample(random: readonly SizedLosses[], { size }: SizeWords): SizeSample {
  const effects = random.map((task) => sizeEffect(task, { scatter: null }));
  const learnt = effects.filter((effect) => effect.learnt);
  const slopes = learnt.map(({ slope }) => slope);
  const median = slopes.length > 0 ? medianInterval(slopes.map(({ estimate }) => estimate)) : null;
  const sound = slopes.filter(
    ({ estimate, favoured }) => !(favoured && estimate * (median?.estimate ?? 0) > 0),
  );
  const arms = random[0]?.arms ?? [];
  const smallest = arms[0]?.size ?? 0;
  const largest = arms[arms.length - 1]?.size ?? 0;
  const steps = effects[0]?.steps ?? [];
  const adjusted = holm(effects.map(({ slope }) => slope.guarded));
  const clear = (sign: number) =>
    effects.filter(({ slope }, i) => (adjusted[i] as number) <= LEVEL && sign * slope.estimate > 0)
      .length;
  return {
    effects,
    ties: effects.length - learnt.length,
    overall: winsOf(
      `${size} ${largest} against ${smallest}`,
      learnt.map(({ ends }) => ends),
    ),
    steps: steps.map(({ from, to }, i) =>
      winsOf(
        `${size} ${to} against ${from}`,
        learnt.map((effect) => effect.steps[i] as Slope),
      ),
    ),
    clear: [clear(-1), clear(1)],
    medianSlope:
      median && sound.length > 0 ? { ...median, guarded: guardedMedian(median, sound) } : null,
    favoured: slopes.length - sound.length,
  };
}

/** The larger p value of two sign tests, of all tasks and of some; 1 where these lie on the other side. */
function guardedMedian(all: Tested, some: readonly Slope[]): number {
  const { estimate, pValue } = medianInterval(some.map((slope) => slope.estimate));
  return estimate * all.estimate > 0 ? Math.max(pValue, all.pValue) : 1;
}

function winsOf(label: string, slopes: readonly Slope[]): Wins {
  const decided = slopes.filter(({ estimate }) => estimate !== 0);
  const count = decided.filter(({ estimate }) => estimate < 0).length;
  const total = decided.length;
  const better = 2 * count > total;
  // A loser on the edge of its range might have won if tuned further: such tasks are no evidence.
  const doubtful = decided.filter(
    ({ estimate, favoured }) => estimate < 0 === better && favoured,
  ).length;
  const left = total - doubtful;
  const wins = better ? count - doubtful : count;
  const sameSide = left > 0 && (better ? 2 * wins > left : 2 * wins < left);
  const guarded = sameSide ? shareTest(wins, left) : 1;
  return {
    label,
    count,
    total,
    share: total > 0 ? shareInterval(count, total) : null,
    pValue: total > 0 ? Math.max(shareTest(count, total), guarded) : 1,
  };
}

/** The claims of a random sample; the first decides. */
export function sampleClaims(
  { overall, medianSlope, favoured, ties, clear, effects }: SizeSample,
  words: SizeWords,
): readonly Claim[] {
  const verdict = (pValue: number, better: boolean) =>
    pValue > LEVEL ? 'inconclusive' : better ? 'supported' : 'refuted';
  const { where = '' } = words;
  const more = capital(words.more);
  return [
    {
      name: `${more} wins in most tasks drawn at random${where}: ${overall.label}`,
      task: null,
      verdict: verdict(overall.pValue, 2 * overall.count > overall.total),
      effect: overall.share?.estimate ?? null,
      interval: overall.share?.interval ?? null,
      test: 'exact binomial test against 1/2, Clopper–Pearson interval',
      pValue: overall.pValue,
      unit: 'share of tasks',
      note: `${more} wins in ${overall.count} of ${overall.total} tasks${ties > 0 ? ` (${ties} more, in which neither learnt anything, are left out)` : ''}; over seeds alone, tuning noise not counted, single tasks are clear in ${clear[0]} for and ${clear[1]} against (Holm over all ${effects.length}).`,
    },
    {
      name: `${more} is better in the median task drawn at random${where}`,
      task: null,
      verdict: medianSlope
        ? verdict(medianSlope.guarded, medianSlope.estimate < 0)
        : 'inconclusive',
      effect: medianSlope?.estimate ?? null,
      interval: medianSlope?.interval ?? null,
      test: 'median over tasks, exact interval, sign test',
      pValue: medianSlope?.guarded ?? null,
      unit: slopeUnit(words),
      note: `The task is the unit, given the seeds, which all tasks share.${favoured > 0 ? ` An arm on the edge favours the effect in ${favoured}: $p$ is the larger of those with and without them.` : ''}`,
    },
  ];
}
