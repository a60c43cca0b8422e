import { describe, expect, it } from 'vitest';
import type { Arm } from '../arm.ts';
import { memoryJournal } from '../journal.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { Pool } from '../pool.ts';
import { inlinePool } from '../pool.ts';
import { runSweep } from '../sweep.ts';
import { trainLane } from '../testing/landscape.ts';
import { smallSweep } from '../testing/small-sweep.ts';
import { clockedPool } from './clocked-pool.ts';
import { estimateSweeps, timeAt } from './estimate.ts';
import { timeProgram } from './program-time.ts';
import { remainingOf } from './remaining.ts';

const { arms, protocol, cost, semantics } = smallSweep;
const width = (shape: object) => (shape as { width: number }).width;

/** A pool on a made-up clock: a pack takes 0.5 s, and `0.01 + lanes · width / 1000` s a step. */
const landscapes = (size: number) =>
  clockedPool({
    size,
    secondsOf: ({ shape, steps, lanes }) =>
      0.5 + steps * (0.01 + (lanes.length * width(shape)) / 1000),
    resultsOf: (pack) => pack.lanes.map((lane) => trainLane(pack, lane)),
  });

describe('timeProgram', () => {
  it('takes a pack apart into what it costs, each step and each lane', async () => {
    const time = await timeProgram(arms[0]!, { ...landscapes(2), protocol, cost });
    expect(time?.fixed).toBeCloseTo(0.5, 9);
    expect(time?.perStep).toBeCloseTo(0.01, 9);
    expect(time?.perLane).toBeCloseTo(0.008, 9);
  });

  it('knows nothing where a pack could not be run', async () => {
    const broken = inlinePool(async () => Promise.reject(new Error('no')));
    expect(
      await timeProgram(arms[0]!, { ...landscapes(1), pool: broken, protocol, cost }),
    ).toBeNull();
  });

  it('has left no worker at work where one of them could not be started', async () => {
    let atWork = 0;
    const uneven: Pool = {
      ...landscapes(2).pool,
      async run() {
        atWork++;
        if (atWork === 2) {
          atWork--;
          throw new Error('cannot start a worker: no');
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
        atWork--;
        return { kind: 'failed', reason: 'no' };
      },
    };
    const options = { ...landscapes(2), pool: uneven, protocol, cost };
    expect(await timeProgram(arms[0]!, options)).toBeNull();
    expect(atWork).toBe(0);
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

describe('estimateSweeps', () => {
  const estimate = async (timing: ReturnType<typeof landscapes>, journal = memoryJournal()) =>
    estimateSweeps(await remainingOf(arms, { protocol, journal, semantics }), {
      sweeps: [smallSweep],
      ...{ journal, semantics, cost },
      ...timing,
    });

  /** Seconds that the sweep takes on the clock. */
  const run = async (timing: ReturnType<typeof landscapes>, journal = memoryJournal()) => {
    const began = timing.now();
    await runSweep({ ...smallSweep, ...timing, journal });
    return timing.now() - began;
  };

  // Losses decide which neighbours a search asks for, and so which trials wait together: a few packs of 64 more or less.
  const near = (expected: number, took: number) => {
    expect(expected / took).toBeGreaterThan(0.9);
    expect(expected / took).toBeLessThan(1.1);
  };

  it.each([1, 3])('comes near what a sweep takes on a steady clock: %i workers', async (size) => {
    const timing = landscapes(size);
    near((await estimate(timing))!.seconds, await run(timing));
  });

  it('times every arm by the rate that it is tuned over', async () => {
    const other = {
      ...smallSweep,
      arms: arms.map((arm) => ({
        ...arm,
        name: `other ${arm.name}`,
        space: arm.space.map((knob) =>
          knob.name === protocol.rate ? { ...knob, name: 'otherRate' } : knob,
        ),
      })),
      protocol: { ...protocol, rate: 'otherRate' },
    };
    const sweeps = [smallSweep, other];
    const journal = memoryJournal();
    const missing = await Promise.all(
      sweeps.map((each) => remainingOf(each.arms, { ...each, journal, semantics })),
    );
    const options = { sweeps, journal, semantics, cost, ...landscapes(1) };
    expect((await estimateSweeps(missing.flat(), options))?.seconds).toBeGreaterThan(0);
  });

  it('leaves out what is in the journal, and leaves the journal as it is', async () => {
    const timing = landscapes(1);
    const entries: JournalEntry[] = [];
    const full = memoryJournal();
    const append = (entry: JournalEntry) => {
      entries.push(entry);
      full.append(entry);
    };
    await run(timing, { ...full, append });
    expect(await estimate(timing, full)).toBeNull();

    const half = memoryJournal();
    for (const entry of entries.slice(0, entries.length / 2)) half.append(entry);
    const { size } = half;
    const rest = await estimate(timing, half);
    expect(half.size).toBe(size);
    near(rest!.seconds, await run(timing, half));
  });

  it('takes sweeps one after the other, and trials that they share once', async () => {
    const timing = landscapes(2);
    const journal = memoryJournal();
    const missing = await remainingOf(arms, { protocol, journal, semantics });
    const of = async (...sweeps: readonly (typeof smallSweep)[]) =>
      (await estimateSweeps(missing, { sweeps, ...{ journal, semantics, cost }, ...timing }))!
        .seconds;
    const other = { ...smallSweep, protocol: { ...protocol, replicate: 1 } };
    const one = await of(smallSweep);
    expect(await of(smallSweep, smallSweep)).toBeCloseTo(one, 6);
    expect(await of(smallSweep, other)).toBeCloseTo(2 * one, 6);
  });

  it('does not depend on the order of arms that tune other knobs of one program', async () => {
    const [arm] = arms;
    const fewer: Arm = { ...arm!, name: 'rate alone', space: arm!.space.slice(0, 1) };
    const of = async (...both: readonly Arm[]) => {
      const timing = landscapes(1);
      const journal = memoryJournal();
      const missing = await remainingOf(both, { protocol, journal, semantics });
      const sweeps = [{ arms: both, protocol }];
      return estimateSweeps(missing, { sweeps, ...{ journal, semantics, cost }, ...timing });
    };
    const [one, other] = [await of(arm!, fewer), await of(fewer, arm!)];
    expect(one!.seconds / other!.seconds).toBeGreaterThan(0.9);
    expect(one!.seconds / other!.seconds).toBeLessThan(1.1);
  });

  it('ends where it is interrupted', async () => {
    const timing = landscapes(1);
    const journal = memoryJournal();
    const missing = await remainingOf(arms, { protocol, journal, semantics });
    const options = { sweeps: [smallSweep], journal, semantics, cost, ...timing };
    await expect(
      estimateSweeps(missing, { ...options, signal: AbortSignal.abort() }),
    ).rejects.toThrow('interrupted');
  });
});
