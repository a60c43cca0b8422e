import type { Split, Stream, Task } from '@hyperlaw/tasks';
import type { BatchArrays, BatchMaker, BlockLaw } from './batch-block.ts';
import { BLOCK, emptyBatches, makeBlock } from './batch-block.ts';
import { blockPool, poolMemory } from './block-pool.ts';

/**
 * Batches that have been made, kept for the next program that trains on the same stream: the arms of a task share
 * their data, and making it costs more than training a narrow net on it.
 */
export interface BatchStore {
  /** The stream of a task, seed and split; the same object as long as the store remembers it. */
  stream(task: Task, seed: number, split: Split): Stream;
  /** Steps `first … first + count − 1` of a dense stream: x `[count, batch, inputDim]`, y `[count, batch, …]`. */
  batches(task: Task, stream: Stream, range: Range): BatchArrays;
  /** Has steps of a dense stream made elsewhere; done once they are here. At once where nobody makes them. */
  ahead(stream: Stream, range: Range): Promise<void>;
}

/** Steps of a stream. */
interface Range {
  readonly batch: number;
  readonly first: number;
  readonly count: number;
}

/**
 * A store whose batches lie in a memory that may be shared with the stores of other threads, and that forgets the oldest
 * streams beyond `maxStreams`. With a `maker` batches can be made ahead, elsewhere.
 */
export function batchStore({
  memory = poolMemory(),
  maxStreams = 64,
  maker = null as BatchMaker | null,
} = {}): BatchStore {
  const pool = blockPool(memory);
  const streams = new Map<string, Stream>();
  const laws = new WeakMap<Stream, Pick<BlockLaw, 'law' | 'seed' | 'split'>>();
  const names = new WeakMap<Stream, string>();
  const coming = new Map<string, Promise<void>>();

  /** Names a block in every thread. */
  const nameOf = (stream: Stream, batch: number, index: number) => {
    const name = names.get(stream);
    if (name === undefined) throw new Error('unknown stream (one of this store)');
    return `${name}/${batch}/${index}`;
  };

  return {
    stream(task, seed, split) {
      const key = JSON.stringify([task.law, seed, split]);
      let stream = streams.get(key);
      if (!stream) {
        stream = task.stream(seed, split);
        streams.set(key, stream);
        laws.set(stream, { law: task.law, seed, split });
        names.set(stream, key);
        const [oldest] = streams.keys();
        if (streams.size > maxStreams && oldest) streams.delete(oldest);
      }
      return stream;
    },
    async ahead(stream, { batch, first, count }) {
      const own = laws.get(stream);
      if (maker === null || own === undefined || stream.kind !== 'dense') return;
      const start = Math.floor(first / BLOCK);
      const end = Math.floor((first + count - 1) / BLOCK);
      const made = Array.from({ length: end - start + 1 }, (_, i) => {
        const index = start + i;
        const name = nameOf(stream, batch, index);
        if (pool.has(name)) return undefined;
        const making =
          coming.get(name) ??
          maker({ ...own, batch, index })
            .then((block) => pool.put(name, block))
            .finally(() => coming.delete(name));
        coming.set(name, making);
        return making;
      });
      await Promise.all(made);
    },
    batches(task, stream, { batch, first, count }) {
      if (stream.kind !== 'dense') throw new Error(`unknown stream: ${stream.kind} (dense)`);
      const all = emptyBatches(task, batch, count);
      for (let step = first; step < first + count; ) {
        const index = Math.floor(step / BLOCK);
        const taken = Math.min((index + 1) * BLOCK, first + count) - step;
        const into = cut(all, { first: step - first, count: taken, steps: count });
        const name = nameOf(stream, batch, index);
        if (!pool.copy(name, { first: step % BLOCK, steps: BLOCK }, into)) {
          const block = makeBlock(task, stream, batch, index);
          pool.put(name, block);
          const part = cut(block, { first: step % BLOCK, count: taken, steps: BLOCK });
          into.x.set(part.x);
          into.y.set(part.y);
        }
        step += taken;
      }
      return all;
    },
  };
}

/** Steps `first … first + count − 1` of batches of `steps`. */
function cut(
  { x, y }: BatchArrays,
  {
    first,
    count,
    steps,
  }: { readonly first: number; readonly count: number; readonly steps: number },
): BatchArrays {
  const perX = x.length / steps;
  const perY = y.length / steps;
  return {
    x: x.subarray(first * perX, (first + count) * perX),
    y: y.subarray(first * perY, (first + count) * perY),
  };
}
