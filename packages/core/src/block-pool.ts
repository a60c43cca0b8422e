import { createHash } from 'node:crypto';
import type { BatchArrays } from './batch-block.ts';

/** Blocks of batches in memory that threads share: what one of them makes, the others find. */
export interface BlockPool {
  has(name: string): boolean;
  /** Copies a part of a block into arrays of the part's size; false where the pool does not have it (any more). */
  copy(name: string, part: Part, into: BatchArrays): boolean;
  /** Keeps a block; the oldest ones are written over. Blocks of more than a quarter of the memory are not kept. */
  put(name: string, block: BatchArrays): void;
}

/** Steps `first` and following of a block of `steps`. */
export interface Part {
  readonly first: number;
  readonly steps: number;
}

/** Words of four bytes; pages are given out in a ring, and counted in a double that starts the memory. */
const PAGE_WORDS = 1024;
const LOCK_AT = 2;
const ENTRIES_AT = 8;
const ENTRIES = 16_384;
/** An entry: its first page, a double; four words of the name's hash; words of x and of y. */
const ENTRY_WORDS = 8;
const PAGES_AT = PAGE_WORDS * Math.ceil((ENTRIES_AT + ENTRIES * ENTRY_WORDS) / PAGE_WORDS);

/** Milliseconds after which whoever holds the lock counts as dead: copies take less than one. */
const PATIENCE = 5000;

/** Memory for a pool of `bytes` of blocks, which threads hand to each other. It is taken as it is written to. */
export function poolMemory(bytes = 64 * 2 ** 20): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * PAGES_AT + bytes);
}

/**
 * A pool in a memory. Threads take turns: a copy is short beside the training that it feeds. Where one has died in its turn,
 * the others go on without the pool.
 */
export function blockPool(memory: SharedArrayBuffer): BlockPool {
  const words = new Int32Array(memory);
  const doubles = new Float64Array(memory);
  const pages = Math.floor((words.length - PAGES_AT) / PAGE_WORDS);
  let abandoned = false;

  const locked = (): boolean => {
    while (!abandoned) {
      if (Atomics.compareExchange(words, LOCK_AT, 0, 1) === 0) return true;
      abandoned = Atomics.wait(words, LOCK_AT, 1, PATIENCE) === 'timed-out';
    }
    return false;
  };
  /** Does something in this thread's turn; false where there is none any more. */
  const inTurn = (work: () => boolean): boolean => {
    if (!locked()) return false;
    try {
      return work();
    } finally {
      Atomics.store(words, LOCK_AT, 0);
      Atomics.notify(words, LOCK_AT, 1);
    }
  };

  /** The entry of a name whose pages have not been written over. */
  const find = (name: string) => {
    const hash = hashOf(name);
    const at = entryOf(hash);
    const page = doubles[at / 2] as number;
    const [x, y] = [words[at + 6], words[at + 7]] as [number, number];
    const own = hash.every((word, i) => words[at + 2 + i] === word);
    return own && (doubles[0] as number) - page <= pages
      ? { address: addressOf(page), x, y }
      : null;
  };
  const addressOf = (page: number) => PAGES_AT + (page % pages) * PAGE_WORDS;

  /** The first of `count` pages that lie one after the other. */
  const take = (count: number): number => {
    const next = doubles[0] as number;
    const fits = (next % pages) + count <= pages;
    const page = fits ? next : pages * Math.ceil(next / pages);
    doubles[0] = page + count;
    return page;
  };

  return {
    has: (name) => inTurn(() => find(name) !== null),
    copy: (name, { first, steps }, into) =>
      inTurn(() => {
        const entry = find(name);
        if (entry === null) return false;
        const [x, y] = [wordsOf(into.x), wordsOf(into.y)];
        const xAt = entry.address + (first * entry.x) / steps;
        const yAt = entry.address + entry.x + (first * entry.y) / steps;
        x.set(words.subarray(xAt, xAt + x.length));
        y.set(words.subarray(yAt, yAt + y.length));
        return true;
      }),
    put(name, { x, y }) {
      const count = Math.ceil((x.length + y.length) / PAGE_WORDS);
      if (count > pages / 4) return;
      inTurn(() => {
        const page = take(count);
        const address = addressOf(page);
        words.set(wordsOf(x), address);
        words.set(wordsOf(y), address + x.length);
        const hash = hashOf(name);
        const at = entryOf(hash);
        doubles[at / 2] = page;
        words.set([...hash, x.length, y.length], at + 2);
        return true;
      });
    },
  };
}

const entryOf = (hash: Int32Array) =>
  ENTRIES_AT + ENTRY_WORDS * ((hash[0] as number) & (ENTRIES - 1));

/** The first four words of a SHA-256. */
function hashOf(name: string): Int32Array {
  const digest = createHash('sha256').update(name).digest();
  return Int32Array.from({ length: 4 }, (_, i) => digest.readInt32LE(4 * i));
}

/** The bits of an array of four-byte numbers. */
const wordsOf = ({ buffer, byteOffset, length }: BatchArrays['x'] | BatchArrays['y']) =>
  new Int32Array(buffer, byteOffset, length);
