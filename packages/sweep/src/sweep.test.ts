import { describe, expect, it } from 'vitest';
import { memoryJournal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Pool } from './pool.ts';
import { inlinePool } from './pool.ts';
import type { ProgressState } from './progress.ts';
import { defineProtocol } from './protocol.ts';
import { planSize, runSweep } from './sweep.ts';
import { landscapeArm, landscapeRunner, uniform } from './testing/landscape.ts';
import { smallSweep } from './testing/small-sweep.ts';
import { workerPool } from './worker-pool.ts';

/** A pool whose packs end in an order of their own. */
function unevenPool(size: number): Pool {
  return {
    ...inlinePool(landscapeRunner),
    size,
    async run(pack, onProgress) {
      const wait = 2 * uniform(`${size} ${JSON.stringify(pack.lanes)}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
      return { kind: 'done', results: await landscapeRunner(pack, { onProgress }) };
    },
  };
}

async function sweepOver(pool: Pool | null, journal = memoryJournal()) {
  const entries: JournalEntry[] = [];
  const append = (entry: JournalEntry) => {
    entries.push(entry);
    journal.append(entry);
  };
  const result = await runSweep({ ...smallSweep, journal: { ...journal, append }, pool });
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { result, entries };
}

describe('runSweep', () => {
  const alone = sweepOver(inlinePool(landscapeRunner));

  it.each([1, 2, 7, 64])('comes to the same with %d workers', async (size) => {
    expect(await sweepOver(unevenPool(size))).toEqual(await alone);
  });

  it('comes to the same with worker threads', async () => {
    const module = new URL('./testing/runners.ts', import.meta.url).href;
    const pool = workerPool({ size: 3, runner: { module, factory: 'createLandscapeRunner' } });
    expect(await sweepOver(pool)).toEqual(await alone);
    await pool.close();
  });

  it('redraws from a complete journal without a pool', async () => {
    const journal = memoryJournal();
    for (const entry of (await alone).entries) journal.append(entry);
    const { result, entries } = await sweepOver(null, journal);
    expect(entries).toEqual([]);
    const { outcomes, compute } = (await alone).result;
    expect(result).toEqual({ outcomes, compute: { ...compute, trained: 0 } });
  });

  it('trains only what is missing', async () => {
    const journal = memoryJournal();
    const all = (await alone).entries;
    const kept = all.filter((_, index) => index % 3 > 0);
    for (const entry of kept) journal.append(entry);
    const { result, entries } = await sweepOver(unevenPool(2), journal);
    expect(entries.length).toBe(all.length - kept.length);
    expect(result.outcomes).toEqual((await alone).result.outcomes);
  });

  it('counts a trial that arms share once', async () => {
    const { arms } = smallSweep;
    const twice = [...arms, ...arms.map((arm) => ({ ...arm, name: `${arm.name} again` }))];
    const result = await runSweep({
      ...smallSweep,
      arms: twice,
      journal: memoryJournal(),
      pool: unevenPool(2),
    });
    expect(result.compute).toEqual((await alone).result.compute);
  });

  it('stays within its plan and counts what it did', async () => {
    const { result, entries } = await alone;
    const size = planSize(smallSweep.arms, smallSweep.protocol);
    expect(result.compute.trials).toBe(entries.length);
    expect(result.compute.trained).toBe(entries.length);
    expect(entries.length).toBeLessThanOrEqual(size.trials);
    expect(entries.length).toBeGreaterThan(0.9 * size.trials);
    const steps = entries.reduce((sum, { spec }) => sum + spec.steps, 0);
    expect(result.compute.modelSteps).toBe(steps);
  });

  it('spends the same on every arm up to the slice', async () => {
    const spent = (await alone).result.outcomes.map(({ spent }) => ({ ...spent, slice: 0 }));
    expect(new Set(spent.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('tells its progress up to the end, and each arm in a line', async () => {
    const states: ProgressState[] = [];
    const lines: string[] = [];
    const progress = {
      update: (state: ProgressState) => states.push(state),
      line: (text: string) => lines.push(text),
      finish: () => {},
    };
    let time = 0;
    const now = () => time++ / 10;
    const pool = inlinePool(landscapeRunner);
    const journal = memoryJournal();
    const { outcomes } = await runSweep({ ...smallSweep, journal, pool, progress, now });
    const last = states.at(-1)!;
    expect(last.done).toBe(outcomes.reduce((sum, { trials }) => sum + trials.total, 0));
    expect(states.every(({ done, planned }) => done <= planned)).toBe(true);
    const left = states.map(({ secondsLeft }) => secondsLeft ?? Infinity);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
    expect(left.at(-1)).toBeLessThan(10);
    expect(lines[0]).toContain('4 arms of 94 trials each');
    expect(lines.length).toBe(5);
    expect(lines.join()).toContain('interior');
  });

  it('ends with one line where it is interrupted', async () => {
    const controller = new AbortController();
    let packs = 0;
    const pool = inlinePool(async (pack, hooks) => {
      if (++packs === 3) controller.abort();
      return landscapeRunner(pack, hooks);
    });
    const { signal } = controller;
    const run = runSweep({ ...smallSweep, journal: memoryJournal(), pool, signal });
    await expect(run).rejects.toThrow(/^interrupted \(\d+ trials are in the journal\)$/);
    const late = runSweep({ ...smallSweep, journal: memoryJournal(), pool, signal });
    await expect(late).rejects.toThrow('interrupted (0 trials are in the journal)');
  });

  it('refuses arms of one name, and what cannot be tuned, before it trains', async () => {
    const pool = inlinePool(() => Promise.reject(new Error('trained')));
    const arm = landscapeArm('twice', { best: {} });
    const run = (arms: (typeof arm)[]) =>
      runSweep({ ...smallSweep, arms, journal: memoryJournal(), pool });
    await expect(run([arm, arm])).rejects.toThrow('arm twice in a sweep: twice');
    await expect(run([{ ...arm, steps: 1 }])).rejects.toThrow('unknown steps of twice: 1');
    expect(() => planSize([{ ...arm, space: [] }], defineProtocol())).toThrow('empty space');
  });
});
