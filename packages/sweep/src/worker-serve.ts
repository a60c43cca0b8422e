import { parentPort, workerData } from 'node:worker_threads';
import { attemptExperiment, attemptPack, messageOf } from './attempt.ts';
import type { Experiment } from './experiment.ts';
import type { ExperimentAttempt, PackOutcome, Runner } from './pool.ts';
import type { Pack } from './trial.ts';

/** Where a worker finds its runner. */
export interface RunnerModule {
  /** URL of the module. */
  readonly module: string;
  /** The export that makes the runner: `(options) => Runner`, or a promise of one. */
  readonly factory: string;
  /** Given to the factory; cloned into each worker. */
  readonly options?: unknown;
  /**
   * URLs of large modules in plain JavaScript, loaded before the TypeScript loader is there: it would go through them for
   * nothing and keep their source in every worker.
   */
  readonly preload?: readonly string[];
}

/** What a pool asks of a worker. */
export type WorkerJob =
  | { readonly kind: 'pack'; readonly pack: Pack }
  | { readonly kind: 'experiment'; readonly experiment: Experiment };

/** What a worker tells its pool. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly modelSteps: number }
  | PackOutcome
  | ExperimentAttempt;

/** Runs in a worker thread: makes the runner, then answers jobs, one at a time. */
export async function serveRunner(): Promise<void> {
  const { module, factory, options } = workerData as RunnerModule;
  const exports = (await import(module)) as Record<string, unknown>;
  const create = exports[factory];
  if (typeof create !== 'function') {
    throw new Error(`unknown runner: ${factory} (${Object.keys(exports).join(', ')})`);
  }
  const runner = (await create(options)) as Runner;
  const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
  const onProgress = (modelSteps: number) => tell({ kind: 'progress', modelSteps });
  parentPort?.on('message', async (job: WorkerJob) => {
    try {
      tell(
        job.kind === 'pack'
          ? await attemptPack(runner, job.pack, onProgress)
          : await attemptExperiment(runner, job.experiment, onProgress),
      );
    } catch (error) {
      // What cannot be cloned cannot be told.
      tell({ kind: 'failed', reason: messageOf(error) });
    }
  });
  tell({ kind: 'ready' });
}
