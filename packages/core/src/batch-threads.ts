import { Worker } from 'node:worker_threads';
import type { BatchArrays, BatchMaker, BlockLaw } from './batch-block.ts';

const ENTRY = new URL('./batch-thread.mjs', import.meta.url);

/** What a thread is asked, and what it answers. */
export interface BatchRequest extends BlockLaw {
  readonly id: number;
}
export type BatchAnswer =
  | { readonly id: number; readonly batches: BatchArrays }
  | { readonly id: number; readonly error: string };

/**
 * Makes batches in threads of their own, so that a device does not wait for its data. They are started when first asked,
 * keep nobody alive, and end with the thread that asks.
 */
export function batchThreads({
  threads,
  data,
  entry = ENTRY,
}: {
  readonly threads: number;
  /** The data folder. */
  readonly data: string;
  /** The module that a thread runs. */
  readonly entry?: URL;
}): BatchMaker {
  const workers: (Thread | undefined)[] = [];
  let asked = 0;
  const start = (place: number): Thread => {
    const worker = new Worker(entry, { workerData: { data }, execArgv: [] });
    const open: Thread['open'] = new Map();
    // The next block that is asked for gets another thread.
    const fail = (error: Error) => {
      if (workers[place]?.worker === worker) workers[place] = undefined;
      for (const { reject } of open.values()) reject(error);
      open.clear();
    };
    worker.on('message', (answer: BatchAnswer) => {
      const waiting = open.get(answer.id);
      open.delete(answer.id);
      if ('batches' in answer) waiting?.resolve(answer.batches);
      else waiting?.reject(new Error(answer.error));
      if (open.size === 0) worker.unref();
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread that makes batches has ended')));
    return { worker, open };
  };
  return (block) =>
    new Promise((resolve, reject) => {
      const id = asked++;
      const place = id % threads;
      const thread = workers[place] ?? start(place);
      workers[place] = thread;
      const { worker, open } = thread;
      // Whoever waits for batches is kept alive by their making alone.
      worker.ref();
      open.set(id, { resolve, reject });
      worker.postMessage({ ...block, id } satisfies BatchRequest);
    });
}

interface Thread {
  readonly worker: Worker;
  /** Blocks that it was asked for and has not answered. */
  readonly open: Map<number, { resolve(batches: BatchArrays): void; reject(error: Error): void }>;
}
