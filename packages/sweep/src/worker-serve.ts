import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from './pool.ts';
import type { Pack, PackRunner, TrialResult } from './trial.ts';

/** Where a worker finds its runner. */
export interface RunnerModule {
  /** URL of the module. */
  readonly module: string;
  /** The export that makes the runner: `(options) => PackRunner`, or a promise of one. */
  readonly factory: string;
  /** Given to the factory; cloned into each worker. */
  readonly options?: unknown;
}

/** What a worker tells its pool. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly modelSteps: number }
  | { readonly kind: 'done'; readonly results: readonly TrialResult[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Runs in a worker thread: makes the runner, then answers packs, one at a time. */
export async function serveRunner(): Promise<void> {
  const { module, factory, options } = workerData as RunnerModule;
  const exports = (await import(module)) as Record<string, unknown>;
  const create = exports[factory];
  if (typeof create !== 'function') {
    throw new Error(`unknown runner: ${factory} (${Object.keys(exports).join(', ')})`);
  }
  const runner = (await create(options)) as PackRunner;
  const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
  parentPort?.on('message', async (pack: Pack) => {
    try {
      const onProgress = (modelSteps: number) => tell({ kind: 'progress', modelSteps });
      tell({ kind: 'done', results: await runner(pack, { onProgress }) });
    } catch (error) {
      tell({ kind: 'failed', reason: messageOf(error) });
    }
  });
  tell({ kind: 'ready' });
}
