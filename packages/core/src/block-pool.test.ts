import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { BatchArrays } from './batch-block.ts';
import { blockPool, poolMemory } from './block-pool.ts';

/** A block of four steps whose numbers say whose it is. */
const blockOf = (own: number, length = 4000): BatchArrays => ({
  x: Float32Array.from({ length }, (_, i) => own + i / length),
  y: Int32Array.from({ length: 4 }, (_, i) => 10 * own + i),
});
const room = (x: number, y: number): BatchArrays => ({
  x: new Float32Array(x),
  y: new Int32Array(y),
});

describe('a pool of blocks', () => {
  it('gives every thread what any of them put, whole or in part', () => {
    const memory = poolMemory();
    blockPool(memory).put('one', blockOf(1));
    const other = blockPool(memory);
    const whole = room(4000, 4);
    expect(other.copy('one', { first: 0, steps: 4 }, whole)).toBe(true);
    expect(whole).toEqual(blockOf(1));
    const part = room(2000, 2);
    expect(other.copy('one', { first: 1, steps: 4 }, part)).toBe(true);
    expect(part.x).toEqual(blockOf(1).x.subarray(1000, 3000));
    expect([...part.y]).toEqual([11, 12]);
    expect(other.copy('two', { first: 0, steps: 4 }, whole)).toBe(false);
  });

  it('writes over the oldest, and never gives anything but what was put', () => {
    const pool = blockPool(poolMemory(2 ** 20));
    const all = Array.from({ length: 500 }, (_, n) => n);
    for (const n of all) {
      pool.put(`${n}`, blockOf(n));
      expect(pool.has(`${n}`)).toBe(true);
    }
    const kept = all.filter((n) => {
      const into = room(4000, 4);
      if (!pool.copy(`${n}`, { first: 0, steps: 4 }, into)) return false;
      expect(into).toEqual(blockOf(n));
      return true;
    });
    // A block takes four pages of 4 KiB, so that at most 64 of them have room.
    expect(kept.length).toBeGreaterThan(40);
    expect(kept.length).toBeLessThanOrEqual(64);
    expect(kept.at(-1)).toBe(499);
  });

  it('gives nothing wrong to threads that write over each other all the time', async () => {
    // Room for 64 of a hundred blocks.
    const memory = poolMemory(2 ** 20);
    const threads = [1, 2, 3].map(
      (seed) =>
        new Promise<{ hits: number; wrong: number }>((resolve, reject) => {
          const entry = new URL('./testing/pool-thread.mjs', import.meta.url);
          new Worker(entry, { workerData: { memory, turns: 20_000, seed }, execArgv: [] })
            .on('message', resolve)
            .on('error', reject);
        }),
    );
    for (const { hits, wrong } of await Promise.all(threads)) {
      expect(wrong).toBe(0);
      expect(hits).toBeGreaterThan(1000);
    }
  });

  it('outlasts any number of blocks', () => {
    const memory = poolMemory(2 ** 20);
    // As many pages as a year of training might use.
    new Float64Array(memory)[0] = 2 ** 45;
    const pool = blockPool(memory);
    for (let n = 0; n < 100; n++) {
      pool.put(`${n}`, blockOf(n));
      const into = room(4000, 4);
      expect(pool.copy(`${n}`, { first: 0, steps: 4 }, into)).toBe(true);
      expect(into).toEqual(blockOf(n));
    }
  });

  it('keeps no block that would drive out most others', () => {
    const pool = blockPool(poolMemory(2 ** 16));
    pool.put('large', blockOf(1, 16_384));
    expect(pool.has('large')).toBe(false);
  });
});
