import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import { memoryJournal } from './journal.ts';
import { packOf } from './pack.ts';
import type { Pool } from './pool.ts';
import { createScheduler } from './scheduler.ts';
import { landscapeArm, landscapeRunner } from './testing/landscape.ts';
import type { Death } from './testing/runners.ts';
import { workerPool } from './worker-pool.ts';

const module = new URL('./testing/runners.ts', import.meta.url).href;
const arm = landscapeArm('pool', { best: { learningRate: -4 }, noise: 0.1 });
const specs = Array.from({ length: 8 }, (_, seed) =>
  trialOf(arm, [-4, 0, 0], seed, { steps: 100 }),
);
const pack = packOf(specs);
const cost = { lanesFor: () => 2, costOf: () => 1 };

let folder = '';
let counter = '';
const pools: Pool[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-pool-'));
  counter = join(folder, 'deaths');
  writeFileSync(counter, '');
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

function open(factory: string, options?: unknown, size = 2): Pool {
  const pool = workerPool({ size, runner: { module, factory, options } });
  pools.push(pool);
  return pool;
}

describe('the worker pool', () => {
  it('trains as this thread does', async () => {
    const told: number[] = [];
    const outcome = await open('createLandscapeRunner').run(pack, (steps) => told.push(steps));
    expect(outcome).toEqual({ kind: 'done', results: await landscapeRunner(pack, {}) });
    expect(told).toEqual([800]);
  });

  it.each<Death>(['exit', 'uncaught', 'throw', 'nonsense'])(
    'runs a pack again when its worker dies once (%s)',
    async (death) => {
      const pool = open('createFatalRunner', { death, times: 1, seed: 3, counter });
      const reasons: string[] = [];
      const scheduler = createScheduler({
        pool,
        cost,
        journal: memoryJournal(),
        semantics: '1',
        onEvent: (event) => event.kind === 'packFailed' && reasons.push(event.reason),
      });
      const records = await scheduler.measureFor('a', 1)(specs);
      expect(records.every(({ status }) => status === 'finished')).toBe(true);
      expect(reasons).toEqual([
        {
          exit: 'the worker exited with code 3',
          uncaught: 'thrown where nobody waits',
          throw: 'lanes do not fit in memory',
          nonsense: 'runner gave 0 results (2, one a lane)',
          memory: '',
        }[death],
      ]);
    },
  );

  it('gives up a pack that kills two workers, and nothing else', async () => {
    const pool = open('createFatalRunner', { death: 'exit', times: 9, seed: 3, counter });
    const scheduler = createScheduler({ pool, cost, journal: memoryJournal(), semantics: '1' });
    const records = await scheduler.measureFor('a', 1)(specs);
    const failed = records.flatMap(({ status }, seed) => (status === 'failed' ? [seed] : []));
    expect(failed).toContain(3);
    expect(failed.length).toBe(2);
    expect(records[3]!.reason).toBe('the worker exited with code 3');
  });

  it('survives a worker that runs out of memory', async () => {
    const runner = {
      module,
      factory: 'createFatalRunner',
      options: { death: 'memory', times: 1, seed: 3, counter },
    };
    const pool = workerPool({ size: 1, runner, heapMegabytes: 64 });
    pools.push(pool);
    const first = await pool.run(pack, () => {});
    expect(first).toMatchObject({ kind: 'failed' });
    expect(first.kind === 'failed' && first.reason).toContain('memory');
    expect(await pool.run(pack, () => {})).toMatchObject({ kind: 'done' });
  });

  it('rejects where the runner cannot be loaded', async () => {
    await expect(open('createNothing').run(pack, () => {})).rejects.toThrow(
      'cannot start a worker: unknown runner: createNothing',
    );
    const missing = workerPool({
      size: 1,
      runner: { module: 'file:///nowhere.ts', factory: 'create' },
    });
    await expect(missing.run(pack, () => {})).rejects.toThrow('cannot start a worker: ');
  });

  it('rejects what is in flight when it is closed', async () => {
    const pool = open('createSlowRunner', { milliseconds: 1e4 });
    const run = pool.run(pack, () => {});
    await Promise.all([expect(run).rejects.toThrow('closed'), pool.close()]);
    await expect(pool.run(pack, () => {})).rejects.toThrow('closed');
  });

  it.each([0, 65, 1.5])('refuses %d workers', (size) => {
    expect(() => open('createLandscapeRunner', {}, size)).toThrow(
      `unknown number of workers: ${size} (an integer from 1 to 64)`,
    );
  });
});
