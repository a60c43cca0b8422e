import type { Laboratory } from '@hyperlaw/cli';
import type { MlpShape, OptimizerKind } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { compete } from './competition.ts';
import { crossing, fewestSteps, geometricSteps, type Losses } from './crossing.ts';
import { type NetNoise, netNoise } from './net-noise.ts';
import type { NetArrays } from './nets.ts';
import { interior, narrowed, PATIENCE } from './rate-search.ts';

/** A net in training to a loss with one batch size, its learning rate tuned. */
export interface NetRaceInput {
  readonly law: TaskLaw;
  readonly model: MlpShape;
  readonly optimizer: OptimizerKind;
  readonly batch: number;
  /** Held-out loss to reach. */
  readonly target: number;
  /** Learning rates that two other seeds try first, increasing. */
  readonly firstRates: readonly number[];
  /** Seeds of the runs that count. */
  readonly seeds: readonly number[];
  readonly maxSteps: number;
}

export interface NetRaceResult {
  /** Increasing. */
  readonly rates: readonly number[];
  readonly checkpoints: readonly number[];
  /** Held-out losses `[rate, seed, checkpoint]` up to where training ended; null where not finite. */
  readonly losses: readonly Losses[];
  /** Gradients at the start, and where the best rate arrived; null where none did. */
  readonly start: NetNoise;
  readonly arrived: NetNoise | null;
}

/** Factors on the best of the first rates, half a factor of two apart. */
const NEAR = [-0.5, 0, 0.5].map((e) => 2 ** e);
const TUNING_SEEDS = [501, 502];
/** Steps from one checkpoint to the next. */
const RATIO = 1.12;
const NOISE_BATCHES = { small: 16, big: 512 };

/** Tunes the learning rate on two seeds, then trains the seeds that count at the rates around the best. */
export async function netRace(input: NetRaceInput, laboratory: Laboratory): Promise<NetRaceResult> {
  const { law, model, optimizer, batch, target, firstRates, seeds, maxSteps } = input;
  const task = await laboratory.loadTask(law);
  const shape = { model, optimizer: { kind: optimizer }, batch };
  const checkpoints = geometricSteps(1, maxSteps, RATIO);
  let initial: NetArrays = {};
  const raceOf =
    (runners: readonly number[]) => async (rates: readonly number[], limit: number) => {
      const competition = { task, shape, rates, seeds: runners, target, checkpoints };
      const raced = await compete({ ...competition, patience: PATIENCE, limit }, laboratory);
      initial = raced.initial;
      return raced.rates.map((result) => ({
        ...result,
        steps: crossing(checkpoints, result.losses, target),
      }));
    };
  const tuned = await interior(firstRates, raceOf(TUNING_SEEDS), maxSteps);
  const centre = fewestSteps(tuned)?.rate ?? (firstRates[0] as number);
  const race = raceOf(seeds);
  const near = NEAR.map((factor) => centre * factor);
  const tried = await narrowed(await interior(near, race, maxSteps), race, maxSteps);
  const best = tried.reduce((a, b) => ((b.steps ?? Infinity) < (a.steps ?? Infinity) ? b : a));
  const noiseAt = (weights: NetArrays, seed: number) =>
    netNoise(
      { task, shape, weights, nets: seeds.length, seed, batches: NOISE_BATCHES },
      laboratory,
    );
  return {
    rates: tried.map(({ rate }) => rate),
    checkpoints,
    losses: tried.map(({ losses }) => losses),
    start: await noiseAt(initial, 900),
    arrived: best.arrived && (await noiseAt(best.arrived, 901)),
  };
}
