import { attemptExperiment, attemptPack } from './attempt.ts';
import type { Experiment, ExperimentRunner, Measurement } from './experiment.ts';
import type { Pack, PackRunner, TrialResult } from './trial.ts';

/** How one attempt at a pack ended. */
export type PackOutcome =
  | { readonly kind: 'done'; readonly results: readonly TrialResult[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** How one attempt at an experiment ended. */
export type ExperimentAttempt =
  | { readonly kind: 'done'; readonly measurement: Measurement }
  | { readonly kind: 'failed'; readonly reason: string };

/** Trains packs, and makes experiments where it has `measure`. */
export type Runner = PackRunner & { readonly measure?: ExperimentRunner };

/** Attempts at a pack or an experiment before it counts as failed. */
export const ATTEMPTS = 2;

/** Runs packs and experiments, at most `size` at once. */
export interface Pool {
  readonly size: number;
  /**
   * Makes one attempt at a pack; `onProgress` is told the model-steps done so far in it. Rejects only where
   * the pool itself cannot go on.
   */
  run(pack: Pack, onProgress: (modelSteps: number) => void): Promise<PackOutcome>;
  /** Makes one attempt at an experiment, as `run` does at a pack. */
  measure(
    experiment: Experiment,
    onProgress: (modelSteps: number) => void,
  ): Promise<ExperimentAttempt>;
  close(): Promise<void>;
}

/** Runs jobs in this thread, one at a time: for tests. */
export function inlinePool(runner: Runner): Pool {
  return {
    size: 1,
    run: (pack, onProgress) => attemptPack(runner, pack, onProgress),
    measure: (experiment, onProgress) => attemptExperiment(runner, experiment, onProgress),
    close: async () => {},
  };
}
