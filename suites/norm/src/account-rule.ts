import {
  holm,
  LEVEL,
  meanError,
  type Region,
  type RegionTest,
  regionTest,
  type VerdictWord,
} from '@hyperlaw/report';
import { mean, seedMeans } from './mean.ts';

/** What theory says of one effect of norm layers, and the effect as measured. */
export interface Prediction {
  readonly id: string;
  readonly name: string;
  /** The effects that theory allows. */
  readonly region: Region;
  readonly unit: string;
  /** What is predicted and why, in a sentence. */
  readonly note: string;
  /** The effect by task and seed; the seeds are the same in all tasks. None where it could not be measured. */
  readonly tasks: readonly { readonly title: string; readonly seeds: readonly number[] }[];
  /** Whether tasks are many enough for their scatter to count as an error too: it holds the noise of tuning. */
  readonly scattered?: boolean;
}

/** A prediction with what became of it. */
export interface Judged extends Prediction {
  readonly verdict: VerdictWord;
  readonly effect: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly pValue: number | null;
  readonly rawPValue: number | null;
  /** Means by task, in order. */
  readonly byTask: readonly number[];
}

/** Whether theory tells what norm layers do, and every prediction with what became of it. */
export interface Account {
  readonly verdict: VerdictWord;
  readonly judged: readonly Judged[];
}

/** Of the predictions, how many must hold for the account to stand. */
const SHARE = 3 / 4;

/**
 * The decision rule, written down before the data. The claim is "theory tells what is going on with norm layers".
 *
 * Theory makes predictions, each a region in which an effect lies. Of each
 * - the effect is the mean over tasks, its standard error that over seeds (and where tasks are many, over tasks if that is
 *   larger), and p twice the smaller of two: that it lies outside, that it lies inside;
 * - it is *mixed* where it is inside in one task and outside in another (Holm over twice the tasks);
 * - *supported* where it lies inside, *refuted* where it lies outside (Holm over the predictions);
 * - *inconclusive* otherwise.
 *
 * The verdict is
 * - `supported` where at least three quarters of the predictions are supported and none is refuted or mixed;
 * - `refuted` where more than half of them are refuted;
 * - `mixed` where some are supported, and others are refuted or mixed;
 * - `inconclusive` otherwise.
 */
export function decideAccount(predictions: readonly Prediction[]): Account {
  const tested = predictions.map(testOf);
  const adjusted = holm(tested.map((test) => test?.raw ?? 1));
  const judged = predictions.map((prediction, i): Judged => {
    const test = tested[i];
    if (!test) {
      const nothing = { effect: null, interval: null, pValue: null, rawPValue: null };
      return { ...prediction, verdict: 'inconclusive', ...nothing, byTask: [] };
    }
    const { effect, half, raw, inside, divided, byTask } = test;
    const pValue = adjusted[i] as number;
    const word = pValue > LEVEL ? 'inconclusive' : inside ? 'supported' : 'refuted';
    return {
      ...prediction,
      verdict: divided ? 'mixed' : word,
      ...{ effect, interval: [effect - half, effect + half], pValue, rawPValue: raw, byTask },
    };
  });
  return { verdict: wordOf(judged), judged };
}

function wordOf(judged: readonly Judged[]): VerdictWord {
  const count = (...words: readonly VerdictWord[]) =>
    judged.filter(({ verdict }) => words.includes(verdict)).length;
  const [held, against] = [count('supported'), count('refuted', 'mixed')];
  if (against === 0 && held >= SHARE * judged.length && held > 0) return 'supported';
  if (count('refuted') > judged.length / 2) return 'refuted';
  return held > 0 && against > 0 ? 'mixed' : 'inconclusive';
}

function testOf({ tasks, region, scattered = false }: Prediction) {
  const seeds = tasks[0]?.seeds.length ?? 0;
  if (seeds < 2) return null;
  const bySeed = seedMeans(tasks.map((task) => task.seeds));
  const effect = mean(bySeed);
  const byTask = tasks.map((task) => mean(task.seeds));
  const errors = [meanError(bySeed), ...(scattered && tasks.length > 2 ? [meanError(byTask)] : [])];
  const test = regionTest(effect, errors, region);
  return {
    ...{ effect, byTask, half: test.half },
    raw: Math.min(1, 2 * Math.min(test.inside, test.outside)),
    inside: test.inside < test.outside,
    // Tasks whose own scatter counts are too few seeds each to be told apart.
    divided: !scattered && isDivided(tasks.map((task) => ownTest(task.seeds, region))),
  };
}

const ownTest = (seeds: readonly number[], region: Region) =>
  regionTest(mean(seeds), [meanError(seeds)], region);

function isDivided(tests: readonly RegionTest[]): boolean {
  const adjusted = holm(tests.flatMap(({ inside, outside }) => [inside, outside]));
  const sure = adjusted.map((p) => p <= LEVEL);
  return sure.some((yes, i) => yes && i % 2 === 0) && sure.some((yes, i) => yes && i % 2 === 1);
}
