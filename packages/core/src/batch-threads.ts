import { Worker } from 'node:worker_threads';
import type { Batches, BatchMaker, BlockLaw } from './batch-block.ts';

const ENTRY = new URL('./batch-thread.mjs', import.meta.url);

/** What a thread is asked, and what it answers. */
export interface BatchRequest extends BlockLaw {
  readonly id: number;
}
export type BatchAnswer =
  | { readonly id: number; readonly batches: Batches }
  | { readonly id: number; readonly error: string };

/**
 * Makes batches in threads of their own, so that a device does not wait for its data. They are started when first asked,
 * keep nobody alive, and end with the thread that asks.
 */
export function batchThreads({
  threads,
  data,
}: {
  readonly threads: number;
  /** The data folder. */
  readonly data: string;
}): BatchMaker {
  const open = new Map<number, { resolve(batches: Batches): void; reject(error: Error): void }>();
  const workers: Worker[] = [];
  let asked = 0;
  const fail = (error: Error) => {
    for (const { reject } of open.values()) reject(error);
    open.clear();
  };
  const start = () => {
    const worker = new Worker(ENTRY, { workerData: { data }, execArgv: [] });
    worker.on('message', (answer: BatchAnswer) => {
      const waiting = open.get(answer.id);
      open.delete(answer.id);
      if ('batches' in answer) waiting?.resolve(answer.batches);
      else waiting?.reject(new Error(answer.error));
      if (open.size === 0) for (const one of workers) one.unref();
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread that makes batches has ended')));
    worker.unref();
    return worker;
  };
  return (block) =>
    new Promise((resolve, reject) => {
      const id = asked++;
      const place = id % threads;
      workers[place] ??= start();
      // Whoever waits for batches is kept alive by their making alone.
      workers[place].ref();
      open.set(id, { resolve, reject });
      workers[place].postMessage({ ...block, id } satisfies BatchRequest);
    });
}
