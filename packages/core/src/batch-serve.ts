import { parentPort, workerData } from 'node:worker_threads';
import { loadTask, type Task } from '@hyperlaw/tasks';
import { makeBlock } from './batch-block.ts';
import type { BatchAnswer, BatchRequest } from './batch-threads.ts';

/** Runs in a thread: makes the blocks that it is asked for, in order. */
export function serveBatches(): void {
  const { data } = workerData as { readonly data: string };
  const tasks = new Map<string, Promise<Task>>();
  const taskOf = (law: BatchRequest['law']): Promise<Task> => {
    const key = JSON.stringify(law);
    const task = tasks.get(key) ?? loadTask(law, { data });
    tasks.set(key, task);
    // What failed once may work when it is tried again.
    task.catch(() => tasks.delete(key));
    return task;
  };
  parentPort?.on('message', async ({ id, law, seed, split, batch, index }: BatchRequest) => {
    try {
      const task = await taskOf(law);
      const stream = task.stream(seed, split);
      if (stream.kind !== 'dense') throw new Error(`unknown stream: ${stream.kind} (dense)`);
      const batches = makeBlock(task, stream, batch, index);
      const answer: BatchAnswer = { id, batches };
      parentPort?.postMessage(answer, [
        batches.x.buffer as ArrayBuffer,
        batches.y.buffer as ArrayBuffer,
      ]);
    } catch (error) {
      parentPort?.postMessage({ id, error: (error as Error).message } satisfies BatchAnswer);
    }
  });
}
