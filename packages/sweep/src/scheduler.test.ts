import { describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import { memoryJournal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { CostModel } from './pack.ts';
import type { Pool } from './pool.ts';
import { inlinePool } from './pool.ts';
import type { SweepEvent } from './scheduler.ts';
import { createScheduler } from './scheduler.ts';
import { landscapeArm, landscapeRunner, uniform } from './testing/landscape.ts';
import type { Pack, TrialSpec } from './trial.ts';

/** A pool that answers out of order: packs take times of their own. */
function unevenPool(size: number): Pool & { packs: Pack[]; most: number } {
  let running = 0;
  return {
    ...inlinePool(landscapeRunner),
    size,
    packs: [],
    most: 0,
    async run(pack, onProgress) {
      this.packs.push(pack);
      this.most = Math.max(this.most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 3 * uniform(JSON.stringify(pack.lanes))));
      running--;
      return { kind: 'done', results: await landscapeRunner(pack, { onProgress }) };
    },
  };
}

const widthOf = ({ shape }: Pick<TrialSpec, 'shape'>) => (shape as { width: number }).width;
const cost: CostModel = {
  lanesFor: (program) => (widthOf(program) > 100 ? 2 : 8),
  costOf: (program) => widthOf(program) * program.steps,
};

function specsOf(name: string, width: number, count: number, steps = 100): TrialSpec[] {
  const arm = landscapeArm(name, { best: { learningRate: -4 } }, { shape: { width } });
  return Array.from({ length: count }, (_, n) => trialOf(arm, [-n, 0, 0], n % 3, { steps }));
}

function schedulerOver(pool: Pool | null, model = cost) {
  const events: SweepEvent[] = [];
  const entries: JournalEntry[] = [];
  const inner = memoryJournal();
  const append = (entry: JournalEntry) => {
    entries.push(entry);
    inner.append(entry);
  };
  const journal = { ...inner, append };
  const onEvent = (event: SweepEvent) => events.push(event);
  const scheduler = createScheduler({ pool, cost: model, journal, semantics: '1', onEvent });
  return { scheduler, events, entries };
}

describe('the scheduler', () => {
  it('answers in the order of the request', async () => {
    const { scheduler } = schedulerOver(unevenPool(3));
    const specs = specsOf('order', 8, 20);
    const records = await scheduler.measureFor('a', 1)(specs);
    const alone = schedulerOver(inlinePool(landscapeRunner)).scheduler.measureFor('a', 1);
    for (const [index, spec] of specs.entries()) {
      expect((await alone([spec]))[0]).toEqual(records[index]);
    }
  });

  it('packs the requests of all arms that share a program, by seed', async () => {
    const pool = unevenPool(1);
    const { scheduler } = schedulerOver(pool);
    const task = specsOf('shared', 8, 1)[0]!.task;
    const [a, b] = ['a', 'b'].map((name) =>
      specsOf(name, 8, 4).map((spec) => ({ ...spec, task, parameterization: { name } })),
    );
    await Promise.all([scheduler.measureFor('a', 1)(a!), scheduler.measureFor('b', 1)(b!)]);
    expect(pool.packs.length).toBe(1);
    expect(pool.packs[0]!.lanes.map(({ seed }) => seed)).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
  });

  it('packs tasks of one signature together, the task of the most urgent trial first', async () => {
    const pool = unevenPool(1);
    const signatureOf = (task: object) => ({ name: (task as { name: string }).name.slice(0, 4) });
    const { scheduler } = schedulerOver(pool, { ...cost, signatureOf });
    const ask = (name: string, count: number, priority: number) =>
      scheduler.measureFor(name, priority)(specsOf(name, 8, count));
    const records = await Promise.all([
      ask('like-a', 6, 1),
      ask('like-b', 6, 2),
      ask('other', 2, 3),
      ask('like-c', 2, 1),
    ]);
    const names = pool.packs.map(({ lanes }) =>
      lanes.map(({ task }) => (task as { name: string }).name),
    );
    const times = (name: string, count: number) => Array<string>(count).fill(name);
    expect(names).toEqual([
      times('other', 2),
      [...times('like-b', 6), 'like-a'],
      [...times('like-a', 5), ...times('like-c', 2)],
    ]);
    const apart = schedulerOver(unevenPool(1)).scheduler.measureFor('a', 1);
    expect(await apart(specsOf('like-a', 8, 6))).toEqual(records[0]);
    expect(await apart(specsOf('like-c', 8, 2))).toEqual(records[3]);
  });

  it('packs no more streams of data than a program should read', async () => {
    const pool = unevenPool(1);
    const { scheduler } = schedulerOver(pool, { ...cost, streams: 2 });
    await scheduler.measureFor('a', 1)(specsOf('streams', 8, 8));
    const seeds = pool.packs.map(({ lanes }) => lanes.map(({ seed }) => seed));
    expect(seeds).toEqual([
      [0, 0, 0, 1, 1, 1],
      [2, 2],
    ]);
  });

  it('keeps to the lanes of each program and makes packs even', async () => {
    const pool = unevenPool(1);
    const { scheduler } = schedulerOver(pool);
    await scheduler.measureFor('a', 1)([...specsOf('n', 8, 10), ...specsOf('w', 256, 3)]);
    const lanes = (width: number) =>
      pool.packs.filter((pack) => widthOf(pack) === width).map((pack) => pack.lanes.length);
    expect(lanes(8)).toEqual([5, 5]);
    expect(lanes(256)).toEqual([2, 1]);
  });

  it('splits a request over workers that have nothing else to do', async () => {
    const pool = unevenPool(4);
    const { scheduler } = schedulerOver(pool);
    await scheduler.measureFor('a', 1)(specsOf('split', 8, 8));
    expect(pool.packs.map((pack) => pack.lanes.length)).toEqual([2, 2, 2, 2]);
    expect(pool.most).toBe(4);
  });

  it('serves the most expensive arm first', async () => {
    const pool = unevenPool(1);
    const { scheduler } = schedulerOver(pool);
    const widths = [8, 64, 32, 256];
    await Promise.all(
      widths.map((width) => scheduler.measureFor(`w${width}`, width)(specsOf('first', width, 2))),
    );
    expect(pool.packs.map(widthOf)).toEqual([256, 64, 32, 8]);
  });

  it('trains a trial once however often it is asked for', async () => {
    const pool = unevenPool(2);
    const { scheduler, entries, events } = schedulerOver(pool);
    const specs = specsOf('once', 8, 6);
    const ask = (arm: string) => scheduler.measureFor(arm, 1)(specs);
    const [first, second] = await Promise.all([ask('a'), ask('b')]);
    expect(second).toEqual(first);
    expect(await ask('c')).toEqual(first);
    expect(entries.length).toBe(6);
    expect(events.filter((event) => event.kind === 'trial' && event.trained).length).toBe(6);
    expect(events.filter((event) => event.kind === 'trial').length).toBe(18);
  });

  it('counts every model-step once', async () => {
    const { scheduler, events } = schedulerOver(unevenPool(2));
    await scheduler.measureFor('a', 1)(specsOf('steps', 8, 10));
    const steps = events.flatMap((event) => (event.kind === 'steps' ? [event.modelSteps] : []));
    expect(steps.reduce((a, b) => a + b)).toBe(10 * 100);
  });

  it('attempts a failed pack once more and then fails its trials, which no journal holds', async () => {
    let attempts = 0;
    const pool = inlinePool(async (pack, hooks) => {
      if (widthOf(pack) === 64) {
        attempts++;
        throw new Error('does not fit');
      }
      return landscapeRunner(pack, hooks);
    });
    const { scheduler, entries, events } = schedulerOver(pool);
    const records = await scheduler.measureFor(
      'a',
      1,
    )([...specsOf('good', 8, 2), ...specsOf('bad', 64, 2)]);
    expect(records.map(({ status }) => status)).toEqual([
      'finished',
      'finished',
      'failed',
      'failed',
    ]);
    expect(records[2]!.reason).toBe('does not fit');
    expect(attempts).toBe(2);
    expect(entries.length).toBe(2);
    const failures = events.filter((event) => event.kind === 'packFailed');
    expect(failures.map((event) => event.final)).toEqual([false, true]);
  });

  it('takes no nonsense for a result', async () => {
    const pool = inlinePool(async (pack) =>
      pack.lanes.map(() => ({
        status: 'finished' as const,
        divergedAt: null,
        loss: Number.NaN,
        curve: [],
        seconds: 0,
        flops: 0,
      })),
    );
    const [record] = await schedulerOver(pool).scheduler.measureFor('a', 1)(specsOf('n', 8, 1));
    expect(record).toMatchObject({ status: 'failed', loss: null });
    expect(record!.reason).toContain('loss NaN');
  });

  it('refuses to train without a pool', async () => {
    const { scheduler } = schedulerOver(null);
    await expect(scheduler.measureFor('an-arm', 1)(specsOf('r', 8, 1))).rejects.toThrow(
      /^trial of an-arm missing from the journal: [0-9a-f]{64}/,
    );
  });

  it('refuses a spec that has no key, and leaves no promise behind', async () => {
    const { scheduler } = schedulerOver(unevenPool(1));
    const [good, bad] = specsOf('key', 8, 2);
    const broken = { ...bad!, knobs: { learningRate: Number.NaN } };
    await expect(scheduler.measureFor('a', 1)([good!, broken])).rejects.toThrow('NaN');
    scheduler.stop(new Error('enough'));
    await expect(scheduler.measureFor('a', 1)([good!])).rejects.toThrow('enough');
  });

  it('ends all requests where the journal cannot be written', async () => {
    const journal = {
      ...memoryJournal(),
      append: () => {
        throw new Error('no space left');
      },
    };
    const pool = unevenPool(2);
    const scheduler = createScheduler({ pool, cost, journal, semantics: '1' });
    const ask = (name: string) => scheduler.measureFor(name, 1)(specsOf(name, 8, 20));
    const answers = await Promise.allSettled([ask('a'), ask('b')]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'no space left' } });
    }
    await expect(ask('c')).rejects.toThrow('no space left');
  });
});
