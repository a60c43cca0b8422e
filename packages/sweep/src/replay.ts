import { isDeepStrictEqual } from 'node:util';
import { hashOf } from './canonical-json.ts';
import type { ExperimentAttempt, PackOutcome, Pool } from './pool.ts';
import type { TrialResult } from './trial.ts';
import { windowed } from './windowed.ts';

/** Of the time that a pool worked, the share that one worker may take to do some of it again; one job at least. */
const SHARE = 0.02;
/** A job may be a program of its own, which takes longer to compile than to run. */
const MOST_JOBS = 32;

/** How measurements fared that were made again. */
export interface Replays {
  /** Trials and experiments that were made again. */
  readonly made: number;
  /** How many of them came to the same, to the bit. */
  readonly same: number;
  /** How the others fared, a line each. */
  readonly differing: readonly string[];
}

/** A pool that remembers some of what it did. */
export interface RememberingPool extends Pool {
  /** Does it again on another pool; what a trial is packed with stays as it was. Rejects as `run` does. */
  replay(fresh: Pool): Promise<Replays>;
}

interface Job {
  /** A hash of what was asked for: the smallest are a sample drawn at random, whatever came first. */
  readonly order: string;
  readonly seconds: number;
  readonly again: (fresh: Pool) => Promise<Replays>;
}

/**
 * Remembers some of what a pool does, drawn at random. A result is a function of what was asked for; one that is not, through
 * a fault of the machine or of this program, looks like any other, and only making it again can tell.
 */
export function rememberingPool(pool: Pool): RememberingPool {
  const jobs: Job[] = [];
  let seconds = 0;
  const remember = (asked: object, own: Omit<Job, 'order'>) => {
    seconds += own.seconds;
    const order = hashOf(asked);
    if (jobs.some((job) => job.order === order)) return;
    jobs.push({ order, ...own });
    jobs.sort((a, b) => (a.order < b.order ? -1 : 1));
    jobs.splice(MOST_JOBS);
  };
  return {
    size: pool.size,
    async run(pack, onProgress) {
      const outcome = await pool.run(pack, onProgress);
      if (outcome.kind === 'done') {
        const { results } = outcome;
        remember(pack, {
          seconds: results.reduce((sum, result) => sum + result.seconds, 0),
          again: async (fresh) => comparedTrials(results, await fresh.run(pack, () => {})),
        });
      }
      return outcome;
    },
    async measure(experiment, onProgress) {
      const outcome = await pool.measure(experiment, onProgress);
      if (outcome.kind === 'done') {
        const { result, seconds: took } = outcome.measurement;
        const { name } = experiment;
        remember(experiment, {
          seconds: took,
          again: async (fresh) =>
            comparedExperiment(name, result, await fresh.measure(experiment, () => {})),
        });
      }
      return outcome;
    },
    async replay(fresh) {
      const all = await windowed(chosen(jobs, (SHARE * seconds) / pool.size), fresh.size, (job) =>
        job.again(fresh),
      );
      return {
        made: all.reduce((sum, { made }) => sum + made, 0),
        same: all.reduce((sum, { same }) => sum + same, 0),
        differing: all.flatMap(({ differing }) => differing),
      };
    },
    close: () => pool.close(),
  };
}

/** Jobs in order, as many as fit into some seconds, and one in any case. */
function chosen(jobs: readonly Job[], seconds: number): readonly Job[] {
  let spent = 0;
  const tooMuch = jobs.findIndex((job) => {
    spent += job.seconds;
    return spent > seconds;
  });
  return tooMuch < 0 ? jobs : jobs.slice(0, Math.max(1, tooMuch));
}

function comparedTrials(before: readonly TrialResult[], again: PackOutcome): Replays {
  const differing = before.flatMap((result, lane) => {
    const other = again.kind === 'done' ? again.results[lane] : undefined;
    if (other && isDeepStrictEqual(lasting(result), lasting(other))) return [];
    const now = again.kind === 'done' ? told(other) : `a failure: ${again.reason}`;
    return [`a trial came to ${told(result)}, and trained again to ${now}`];
  });
  return replaysOf(before.length, differing);
}

function comparedExperiment(name: string, before: object, again: ExperimentAttempt): Replays {
  if (again.kind === 'failed') {
    return replaysOf(1, [`experiment ${name}, made again, failed: ${again.reason}`]);
  }
  const same = isDeepStrictEqual(before, again.measurement.result);
  return replaysOf(1, same ? [] : [`experiment ${name}, made again, came to something else`]);
}

const replaysOf = (made: number, differing: readonly string[]): Replays => ({
  made,
  same: made - differing.length,
  differing,
});

/** What of a result does not depend on the clock. */
const lasting = ({ status, divergedAt, loss, curve }: TrialResult) => ({
  status,
  divergedAt,
  loss,
  curve,
});

const told = (result: TrialResult | undefined): string =>
  result === undefined
    ? 'nothing'
    : result.loss === null
      ? `divergence at step ${result.divergedAt}`
      : `a loss of ${result.loss}`;
