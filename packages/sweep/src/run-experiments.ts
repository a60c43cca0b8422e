import type { Compute, Experiment, Measured } from './experiment.ts';
import { checkExperiments } from './experiment.ts';
import type { ExperimentJournal } from './experiment-journal.ts';
import { experimentKey } from './experiment-key.ts';
import type { ExperimentState } from './experiment-tracker.ts';
import type { Progress } from './live-line.ts';
import { makeExperiments } from './make-experiments.ts';
import type { Pool } from './pool.ts';

/** What experiments are run with. */
export interface ExperimentsOptions {
  readonly experiments: readonly Experiment[];
  readonly journal: ExperimentJournal;
  /** Null reads the journal alone: a missing experiment is an error, and nothing runs. */
  readonly pool: Pool | null;
  /** Version of the training semantics; part of every key. */
  readonly semantics: string | number;
  /** Seconds; for speed and time left only. */
  readonly now: () => number;
  readonly progress?: Progress<ExperimentState>;
  /** Stops the run; what was finished is in the journal. */
  readonly signal?: AbortSignal;
}

/** What experiments came to. */
export interface ExperimentsResult {
  /** By the experiment's name, in the order of the plan. */
  readonly measured: ReadonlyMap<string, Measured>;
  readonly compute: ExperimentsCompute;
}

/** Work behind the results: sums over distinct experiments, made in this run or before. */
export interface ExperimentsCompute extends Compute {
  readonly experiments: number;
  /** How many of them this run made. */
  readonly made: number;
  readonly failed: number;
  readonly seconds: number;
}

/**
 * Makes the experiments that the journal does not hold, each once however many names ask for it. One that fails
 * twice is `failed` and not journalled; the rest goes on. Throws where one cannot be planned, the journal cannot
 * be written, a worker cannot start, or the signal is aborted.
 */
export async function runExperiments(options: ExperimentsOptions): Promise<ExperimentsResult> {
  const { experiments, journal, pool, semantics } = options;
  checkExperiments(experiments);
  const planned = experiments.map((experiment) => ({
    key: experimentKey(experiment, semantics),
    experiment,
  }));
  const distinct = new Map<string, Experiment>();
  for (const { key, experiment } of planned) {
    if (!distinct.has(key)) distinct.set(key, experiment);
  }
  const missing = [...distinct]
    .filter(([key]) => journal.get(key) === undefined)
    .map(([key, experiment]) => ({ key, experiment }));
  const first = missing[0];
  if (first && pool === null) {
    const { key, experiment } = first;
    throw new Error(
      `experiment ${experiment.name} missing from the journal: ${key} (run the suite first)`,
    );
  }
  const failures =
    first && pool
      ? await makeExperiments(missing, {
          ...options,
          pool,
          reused: distinct.size - missing.length,
        })
      : new Map<string, string>();
  return {
    measured: new Map(
      planned.map(({ key, experiment }) => [experiment.name, measuredOf(key, journal, failures)]),
    ),
    compute: {
      experiments: distinct.size,
      made: missing.length - failures.size,
      failed: failures.size,
      ...totals([...distinct.keys()], journal),
    },
  };
}

function measuredOf(
  key: string,
  journal: ExperimentJournal,
  failures: ReadonlyMap<string, string>,
): Measured {
  const held = journal.get(key);
  return held
    ? { status: 'done', result: held.result }
    : { status: 'failed', reason: failures.get(key) ?? 'unknown' };
}

function totals(keys: readonly string[], journal: ExperimentJournal) {
  const total = { trials: 0, modelSteps: 0, flops: 0, seconds: 0 };
  // In the order of the plan, since sums in order of arrival would differ in their last bits.
  for (const key of keys) {
    const held = journal.get(key);
    if (!held) continue;
    total.trials += held.compute.trials;
    total.modelSteps += held.compute.modelSteps;
    total.flops += held.compute.flops;
    total.seconds += held.seconds;
  }
  return total;
}
