import type { DenseStream, Split, Stream, Task } from '@hyperlaw/tasks';
import type { Batches, BatchMaker, BlockLaw } from './batch-block.ts';
import { BLOCK, makeBlock } from './batch-block.ts';

/**
 * Batches that have been made, kept for the next program that trains on the same stream: the arms of a task share
 * their data, and making it costs more than training a narrow net on it.
 */
export interface BatchStore {
  /** The stream of a task, seed and split; the same object as long as the store remembers it. */
  stream(task: Task, seed: number, split: Split): Stream;
  /** Steps `first … first + count − 1` of a dense stream: x `[count, batch, inputDim]`, y `[count, batch, …]`. */
  batches(task: Task, stream: Stream, range: Range): Batches;
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
 * A store that forgets the batches used longest ago beyond `maxBytes`, and the oldest streams beyond `maxStreams`. With a
 * `maker` batches can be made ahead, elsewhere.
 */
export function batchStore({
  maxBytes = 64 * 2 ** 20,
  maxStreams = 64,
  maker = null as BatchMaker | null,
} = {}): BatchStore {
  const streams = new Map<string, Stream>();
  const blocks = new Map<string, Batches>();
  const identities = new WeakMap<Stream, number>();
  const laws = new WeakMap<Stream, Pick<BlockLaw, 'law' | 'seed' | 'split'>>();
  const coming = new Map<string, Promise<void>>();
  let nextIdentity = 0;
  let bytes = 0;

  const block = (task: Task, stream: DenseStream, batch: number, index: number): Batches => {
    const key = keyOf(stream, batch, index);
    const known = blocks.get(key);
    if (known) {
      // Map keeps insertion order: moving a block to the end makes the first one the oldest.
      blocks.delete(key);
      blocks.set(key, known);
      return known;
    }
    const made = makeBlock(task, stream, batch, index);
    keep(key, made);
    return made;
  };

  const keyOf = (stream: Stream, batch: number, index: number) =>
    `${identityOf(stream)}/${batch}/${index}`;

  const keep = (key: string, made: Batches) => {
    blocks.set(key, made);
    bytes += made.x.byteLength + made.y.byteLength;
    for (const [oldest, { x, y }] of blocks) {
      if (bytes <= maxBytes || oldest === key) break;
      blocks.delete(oldest);
      bytes -= x.byteLength + y.byteLength;
    }
  };

  const identityOf = (stream: Stream): number => {
    let identity = identities.get(stream);
    if (identity === undefined) {
      identity = nextIdentity++;
      identities.set(stream, identity);
    }
    return identity;
  };

  return {
    stream(task, seed, split) {
      const key = JSON.stringify([task.law, seed, split]);
      let stream = streams.get(key);
      if (!stream) {
        stream = task.stream(seed, split);
        streams.set(key, stream);
        laws.set(stream, { law: task.law, seed, split });
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
        const key = keyOf(stream, batch, index);
        if (blocks.has(key)) return undefined;
        const making =
          coming.get(key) ??
          maker({ ...own, batch, index })
            .then((one) => {
              if (!blocks.has(key)) keep(key, one);
            })
            .finally(() => coming.delete(key));
        coming.set(key, making);
        return making;
      });
      await Promise.all(made);
    },
    batches(task, stream, { batch, first, count }) {
      if (stream.kind !== 'dense') throw new Error(`unknown stream: ${stream.kind} (dense)`);
      const start = Math.floor(first / BLOCK);
      const end = Math.floor((first + count - 1) / BLOCK);
      if (start === end) return cut(block(task, stream, batch, start), first % BLOCK, count);
      const parts: Batches[] = [];
      for (let step = first; step < first + count; ) {
        const index = Math.floor(step / BLOCK);
        const taken = Math.min((index + 1) * BLOCK, first + count) - step;
        parts.push(cut(block(task, stream, batch, index), step % BLOCK, taken));
        step += taken;
      }
      return joined(parts);
    },
  };
}

function cut({ x, y }: Batches, first: number, count: number): Batches {
  const perX = x.length / BLOCK;
  const perY = y.length / BLOCK;
  return {
    x: x.subarray(first * perX, (first + count) * perX),
    y: y.subarray(first * perY, (first + count) * perY),
  };
}

function joined(parts: readonly Batches[]): Batches {
  const join = <T extends Float32Array | Int32Array>(arrays: readonly T[]): T => {
    const total = arrays.reduce((sum, a) => sum + a.length, 0);
    const all = new ((arrays[0] as T).constructor as new (size: number) => T)(total);
    let at = 0;
    for (const array of arrays) {
      all.set(array, at);
      at += array.length;
    }
    return all;
  };
  return { x: join(parts.map((p) => p.x)), y: join(parts.map((p) => p.y)) };
}
