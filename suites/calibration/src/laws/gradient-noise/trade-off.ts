import { bootstrapStratified, type Estimate } from '@hyperlaw/report';
import {
  type BatchTradeOffFit,
  fitBatchTradeOff,
  simpleNoiseScale,
  type TradeOffPoint,
  twoBatchMoments,
} from '@hyperlaw/theory';
import { crossing, type Fewest, fewestSteps, type Losses } from './crossing.ts';
import type { NetNoise } from './net-noise.ts';

/** Races to one loss at one batch size: learning rates, and losses `[rate, run, checkpoint]`. */
export interface Race {
  readonly batch: number;
  readonly target: number;
  readonly rates: readonly number[];
  readonly checkpoints: readonly number[];
  readonly losses: readonly Losses[];
}

/** What was found at a batch size. */
export interface RacePoint extends Fewest, TradeOffPoint {
  readonly batch: number;
  /** Of the fewest steps, over runs. */
  readonly interval: Estimate['interval'];
}

const RESAMPLES = 300;

/** The fewest steps at a batch size from some of its runs; null where the target was not reached. */
function fewestOf(race: Race, runs: readonly number[]): Fewest | null {
  const { rates, checkpoints, losses, target } = race;
  return fewestSteps(
    rates.map((rate, i) => {
      const chosen = runs.map((run) => losses[i]?.[run] ?? []);
      return { rate, steps: crossing(checkpoints, chosen, target) };
    }),
  );
}

const allRuns = ({ losses }: Race): number[] => (losses[0] ?? []).map((_, run) => run);

/** Fewest steps at every batch size that reached the target, with bootstrap intervals over runs. */
export function racePoints(races: readonly Race[], seed: number): readonly RacePoint[] {
  return races.flatMap((race): RacePoint[] => {
    const found = fewestOf(race, allRuns(race));
    if (found === null) return [];
    const { interval } = overRuns(
      [race],
      ([logSteps]) => logSteps ?? Number.NaN,
      seed + race.batch,
    );
    return [
      {
        ...found,
        batch: race.batch,
        examples: race.batch * found.steps,
        interval: [Math.exp(interval[0]), Math.exp(interval[1])],
      },
    ];
  });
}

/**
 * A statistic of the logarithms of the fewest steps, one a race, with its interval from resampling the runs of each; of
 * a resample in which no rate arrived the estimate itself is taken.
 */
export function overRuns(
  races: readonly Race[],
  statistic: (logSteps: readonly number[]) => number,
  seed: number,
): Estimate {
  const whole = races.map((race) => Math.log(fewestOf(race, allRuns(race))?.steps ?? Number.NaN));
  return bootstrapStratified(
    races.map(allRuns),
    (strata) =>
      statistic(
        strata.map((runs, i) =>
          Math.log(fewestOf(races[i] as Race, runs)?.steps ?? Math.exp(whole[i] as number)),
        ),
      ),
    { seed, resamples: RESAMPLES },
  );
}

/** The hyperbola through the fewest steps of races. */
export function hyperbola(
  races: readonly Pick<Race, 'batch'>[],
  logSteps: readonly number[],
): BatchTradeOffFit {
  return fitBatchTradeOff(
    races.map(({ batch }, i) => {
      const steps = Math.exp(logSteps[i] as number);
      return { steps, examples: batch * steps };
    }),
  );
}

/** B_simple from gradients at two batch sizes. */
export const noiseScaleOf = ({ small, big }: NetNoise): number =>
  simpleNoiseScale(twoBatchMoments(small, big));
