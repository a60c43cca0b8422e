import { createHash } from 'node:crypto';
import type { Batches } from './batch-block.ts';

/** Blocks of batches in memory that threads share: what one of them makes, the others find. */
export interface BlockPool {
  has(name: string): boolean;
  /** Copies a part of a block into arrays of the part's size; false where the pool does not have it (any more). */
  copy(name: string, part: Part, into: Batches): boolean;
  /** Keeps a block; the oldest ones are written over. Blocks of more than a quarter of the memory are not kept. */
  put(name: string, block: Batches): void;
}

/** Steps `first` and following of a block of `steps`. */
export interface Part {
  readonly first: number;
  readonly steps: number;
}

const PAGE_WORDS = 1024;
const ENTRIES = 16_384;

/** An entry: a version (odd while it is written), four words of the name's hash, first page, words of x and of y. */
const ENTRY_WORDS = 8;
const ENTRIES_AT = 1;
const PAGES_AT = PAGE_WORDS * Math.ceil((ENTRIES_AT + ENTRIES * ENTRY_WORDS) / PAGE_WORDS);

/** Memory for a pool of `bytes` of blocks, which threads hand to each other. It is taken as it is written to. */
export function poolMemory(bytes = 64 * 2 ** 20): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * PAGES_AT + bytes);
}

/**
 * A pool in a memory. Pages are given out in a ring and never taken back, so that nobody waits: a reader looks whether what
 * it has copied was far enough from being written over, and a name's entry belongs to whoever wrote it last.
 */
export function blockPool(memory: SharedArrayBuffer): BlockPool {
  const words = new Int32Array(memory);
  const pages = Math.floor((words.length - PAGES_AT) / PAGE_WORDS);
  /** Pages before the end of the ring that count as written over: nobody writes as many while a part is copied. */
  const margin = Math.ceil(pages / 8);
  const lives = (page: number) => Atomics.load(words, 0) - page <= pages - margin;
  const addressOf = (page: number) => PAGES_AT + (page % pages) * PAGE_WORDS;

  /** The entry of a name that lives; null where there is none. */
  const find = (name: string) => {
    const hash = hashOf(name);
    const at = entryOf(hash);
    const version = Atomics.load(words, at);
    const [page, x, y] = [words[at + 5], words[at + 6], words[at + 7]] as [number, number, number];
    const own = hash.every((word, i) => words[at + 1 + i] === word);
    const whole = version > 0 && version % 2 === 0 && Atomics.load(words, at) === version;
    return own && whole && lives(page) ? { page, x, y } : null;
  };

  /** The first of `count` pages that lie one after the other. */
  const take = (count: number): number => {
    for (;;) {
      const page = Atomics.add(words, 0, count);
      if ((page % pages) + count <= pages) return page;
    }
  };

  return {
    has: (name) => find(name) !== null,
    copy(name, { first, steps }, into) {
      const entry = find(name);
      if (entry === null) return false;
      const address = addressOf(entry.page);
      const [x, y] = [wordsOf(into.x), wordsOf(into.y)];
      const xAt = address + (first * entry.x) / steps;
      const yAt = address + entry.x + (first * entry.y) / steps;
      x.set(words.subarray(xAt, xAt + x.length));
      y.set(words.subarray(yAt, yAt + y.length));
      return lives(entry.page);
    },
    put(name, { x, y }) {
      const count = Math.ceil((x.length + y.length) / PAGE_WORDS);
      if (count > pages / 4) return;
      const page = take(count);
      const address = addressOf(page);
      words.set(wordsOf(x), address);
      words.set(wordsOf(y), address + x.length);
      const hash = hashOf(name);
      const at = entryOf(hash);
      const version = Atomics.load(words, at);
      // Where another thread is writing this entry, its block stays and this one is forgotten.
      if (version % 2 !== 0 || Atomics.compareExchange(words, at, version, version + 1) !== version)
        return;
      words.set([...hash, page, x.length, y.length], at + 1);
      Atomics.store(words, at, version + 2);
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
const wordsOf = ({ buffer, byteOffset, length }: Batches['x'] | Batches['y']) =>
  new Int32Array(buffer, byteOffset, length);
