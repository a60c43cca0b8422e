import { Worker } from 'node:worker_threads';
import { messageOf } from './attempt.ts';
import type { ExperimentAttempt, PackOutcome, Pool } from './pool.ts';
import type { RunnerModule, WorkerJob, WorkerMessage } from './worker-serve.ts';

/** Threads that a pool may have. */
export const MOST_WORKERS = 64;

const ENTRY = new URL('./worker-entry.mjs', import.meta.url);
const CLOSED = 'the worker pool is closed';

/**
 * A pool of worker threads, each with a runner of its own, started when first needed. A worker that dies
 * fails the attempt at its job and is replaced for the next one. Throws on a size other than 1 to 64; a
 * run rejects where a worker cannot start or the pool is closed.
 */
export function workerPool({
  size,
  runner,
  heapMegabytes,
}: {
  readonly size: number;
  readonly runner: RunnerModule;
  /** Limit of each worker's JavaScript heap; Node's own unless given. */
  readonly heapMegabytes?: number;
}): Pool {
  if (!Number.isInteger(size) || size < 1 || size > MOST_WORKERS) {
    throw new Error(`unknown number of workers: ${size} (an integer from 1 to ${MOST_WORKERS})`);
  }
  const all = new Set<WorkerHandle>();
  const busy = new Set<WorkerHandle>();
  let closed = false;
  const attempt: Attempt = async (job, onProgress) => {
    if (closed) throw new Error(CLOSED);
    for (const worker of all) if (!worker.alive()) all.delete(worker);
    if (busy.size >= size) throw new Error(`more than ${size} jobs at once`);
    const worker = [...all].find((one) => !busy.has(one)) ?? startWorker(runner, heapMegabytes);
    all.add(worker);
    busy.add(worker);
    try {
      const outcome = await worker.attempt(job, onProgress);
      if (!closed) return outcome;
    } catch (error) {
      if (!closed) throw error;
    } finally {
      busy.delete(worker);
    }
    throw new Error(CLOSED);
  };
  return {
    size,
    // A worker answers a job with an outcome of the job's own kind.
    run: async (pack, onProgress) =>
      (await attempt({ kind: 'pack', pack }, onProgress)) as PackOutcome,
    measure: async (experiment, onProgress) =>
      (await attempt({ kind: 'experiment', experiment }, onProgress)) as ExperimentAttempt,
    async close() {
      closed = true;
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
}

type JobOutcome = PackOutcome | ExperimentAttempt;
type Attempt = (job: WorkerJob, onProgress: (modelSteps: number) => void) => Promise<JobOutcome>;

interface WorkerHandle {
  readonly attempt: Attempt;
  alive(): boolean;
  stop(): Promise<unknown>;
}

/** One worker thread; whatever ends it ends the attempt that it is at. */
function startWorker(runner: RunnerModule, heapMegabytes?: number): WorkerHandle {
  const worker = new Worker(ENTRY, {
    workerData: runner,
    execArgv: [],
    resourceLimits: {
      // What a worker makes and forgets is mostly small; Node's own limit lets it pile up to 48 MiB in each.
      maxYoungGenerationSizeMb: 16,
      ...(heapMegabytes && { maxOldGenerationSizeMb: heapMegabytes }),
    },
  });
  let alive = true;
  let reason: string | null = null;
  let listener: (message: WorkerMessage) => void = () => {};
  let ended: (reason: string) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    listener = () => resolve();
    ended = (why) => reject(new Error(`cannot start a worker: ${why}`));
  });
  worker.on('message', (message: WorkerMessage) => listener(message));
  worker.on('error', (error) => {
    reason = messageOf(error);
  });
  worker.on('exit', (code) => {
    alive = false;
    ended(reason ?? `the worker exited with code ${code}`);
  });
  return {
    alive: () => alive,
    stop: () => worker.terminate(),
    async attempt(job, onProgress) {
      await ready;
      return new Promise<JobOutcome>((resolve) => {
        ended = (why) => resolve({ kind: 'failed', reason: why });
        listener = (message) => {
          if (message.kind === 'progress') onProgress(message.modelSteps);
          else if (message.kind !== 'ready') resolve(message);
        };
        if (alive) worker.postMessage(job);
        else ended(reason ?? 'the worker exited');
      });
    },
  };
}
