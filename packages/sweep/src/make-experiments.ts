import type { Experiment } from './experiment.ts';
import { experimentEntry } from './experiment-journal.ts';
import { createExperimentTracker } from './experiment-tracker.ts';
import { Interrupted } from './interrupted.ts';
import type { ExperimentAttempt, Pool } from './pool.ts';
import { ATTEMPTS } from './pool.ts';
import type { ExperimentsOptions } from './run-experiments.ts';
import { windowed } from './windowed.ts';

/** An experiment with its key. */
export interface KeyedExperiment {
  readonly key: string;
  readonly experiment: Experiment;
}

/** Milliseconds between two updates of the progress while nothing is heard of the workers. */
const TICK = 1000;

/**
 * Makes experiments on a pool, the longest first, and journals each as it ends. Gives the reasons of those that
 * failed twice, by key. `reused` others were in the journal before. Throws as `runExperiments` does.
 */
export async function makeExperiments(
  missing: readonly KeyedExperiment[],
  {
    pool,
    journal,
    reused,
    now,
    progress,
    signal,
  }: Omit<ExperimentsOptions, 'pool'> & { readonly pool: Pool; readonly reused: number },
): Promise<ReadonlyMap<string, string>> {
  journal.prepare();
  const longestFirst = [...missing].sort((a, b) => b.experiment.cost - a.experiment.cost);
  const tracker = createExperimentTracker({
    missing: missing.map(({ experiment }) => experiment),
    reused,
    workers: pool.size,
    now,
  });
  const show = () => progress?.update(tracker.state());
  const failures = new Map<string, string>();
  let stopped: Error | null = null;
  const goOn = () => {
    if (stopped) throw stopped;
  };

  const attempt = async (experiment: Experiment): Promise<ExperimentAttempt> => {
    let told = 0;
    return pool.measure(experiment, (modelSteps) => {
      tracker.steps(Math.max(0, modelSteps - told));
      told = Math.max(told, modelSteps);
      show();
    });
  };

  const make = async ({ key, experiment }: KeyedExperiment): Promise<void> => {
    const { name } = experiment;
    tracker.started(experiment);
    for (let number = 1; ; number++) {
      goOn();
      const outcome = await attempt(experiment);
      goOn();
      if (outcome.kind === 'done') {
        journal.append(experimentEntry(key, experiment, outcome.measurement));
        tracker.ended(experiment, outcome.measurement.seconds);
        return show();
      }
      const final = number === ATTEMPTS;
      const next = final ? 'twice: it counts as failed' : 'running it again';
      progress?.line(`experiment ${name} failed: ${outcome.reason} (${next})`);
      if (final) {
        failures.set(key, outcome.reason);
        tracker.ended(experiment, null);
        return show();
      }
    }
  };

  const ticking = setInterval(show, TICK);
  const { interrupted, release } = interruption(signal, () => {
    stopped = new Interrupted(`interrupted (${journal.size} experiments are in the journal)`);
    return stopped;
  });
  try {
    // What is in flight may take long to end: an interruption does not wait for it.
    await Promise.race([interrupted, windowed(longestFirst, pool.size, make)]);
  } catch (error) {
    stopped ??= error as Error;
    throw error;
  } finally {
    release();
    clearInterval(ticking);
    progress?.finish();
  }
  return failures;
}

/** A promise that is rejected with `reason()` when the signal is aborted. */
function interruption(signal: AbortSignal | undefined, reason: () => Error) {
  let interrupt = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(reason());
  });
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  return { interrupted, release: () => signal?.removeEventListener('abort', interrupt) };
}
