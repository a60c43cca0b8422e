import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../journal.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { Pool } from '../pool.ts';
import { inlinePool } from '../pool.ts';
import { runSweep } from '../sweep.ts';
import { landscapeRunner } from '../testing/landscape.ts';
import { smallSweep } from '../testing/small-sweep.ts';
import { estimateSweep, timeAt } from './estimate.ts';
import { timeProgram } from './program-time.ts';
import { remainingOf } from './remaining.ts';

const { arms, protocol, cost, semantics } = smallSweep;
const width = (shape: object) => (shape as { width: number }).width;

/** A pool on a made-up clock: a pack takes 0.5 s, and `0.01 + lanes · width / 1000` s a step. */
function clockedPool() {
  let clock = 0;
  const took = (lanes: number, steps: number, size: number) =>
    0.5 + steps * (0.01 + (lanes * size) / 1000);
  const pool: Pool = {
    ...inlinePool(landscapeRunner),
    async run(pack) {
      clock += took(pack.lanes.length, pack.steps, width(pack.shape));
      return { kind: 'done', results: await landscapeRunner(pack, {}) };
    },
  };
  return { pool, now: () => clock };
}

describe('timeProgram', () => {
  it('takes a pack apart into what it costs, each step and each lane', async () => {
    const time = await timeProgram(arms[0]!, { ...clockedPool(), protocol, cost });
    expect(time?.fixed).toBeCloseTo(0.5, 9);
    expect(time?.perStep).toBeCloseTo(0.01, 9);
    expect(time?.perLane).toBeCloseTo(0.008, 9);
  });

  it('knows nothing where a pack could not be run', async () => {
    const broken = inlinePool(async () => Promise.reject(new Error('no')));
    expect(
      await timeProgram(arms[0]!, { ...clockedPool(), pool: broken, protocol, cost }),
    ).toBeNull();
  });
});

describe('timeAt', () => {
  it('follows a power law between what was measured, and stays at its ends', () => {
    const times = [1, 100].map((unit) => ({ unit, fixed: 1, perStep: 0, perLane: unit ** 1.5 }));
    expect(timeAt(10, times).perLane).toBeCloseTo(10 ** 1.5, 9);
    expect(timeAt(10, times)).toMatchObject({ fixed: 1, perStep: 0 });
    expect(timeAt(1e6, times).perLane).toBe(1000);
  });
});

describe('estimateSweep', () => {
  it('comes near what a sweep takes on a steady clock, and to nothing once it is done', async () => {
    const timing = clockedPool();
    const entries: JournalEntry[] = [];
    const memory = memoryJournal();
    const journal = {
      ...memory,
      append(entry: JournalEntry) {
        entries.push(entry);
        memory.append(entry);
      },
    };
    const expected = async (known: typeof memory) => {
      const missing = await remainingOf(arms, { protocol, journal: known, semantics });
      return estimateSweep(missing, { ...timing, protocol, cost });
    };
    const trials = (await remainingOf(arms, { protocol, journal, semantics })).reduce(
      (sum, one) => sum + one.trials,
      0,
    );
    const estimate = await expected(journal);
    const began = timing.now();
    await runSweep({ ...smallSweep, ...timing, journal });
    const took = timing.now() - began;
    // Arms that wait together share packs, and slices pass through settings known before: it takes less.
    expect(estimate!.seconds).toBeGreaterThan(0.9 * took);
    expect(estimate!.seconds).toBeLessThan(1.6 * took);
    expect(entries.length).toBeLessThanOrEqual(trials);
    expect(await expected(journal)).toBeNull();

    // After half of it about half is left.
    const half = memoryJournal();
    for (const entry of entries.slice(0, entries.length / 2)) half.append(entry);
    const rest = await expected(half);
    expect(rest!.seconds / estimate!.seconds).toBeGreaterThan(0.3);
    expect(rest!.seconds / estimate!.seconds).toBeLessThan(0.75);
  });
});
