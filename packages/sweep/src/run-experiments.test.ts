import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentRunner } from './experiment.ts';
import type { ExperimentEntry } from './experiment-journal.ts';
import { memoryExperiments } from './experiment-journal.ts';
import type { ExperimentState } from './experiment-tracker.ts';
import type { Pool } from './pool.ts';
import { inlinePool } from './pool.ts';
import type { ExperimentsOptions } from './run-experiments.ts';
import { runExperiments } from './run-experiments.ts';
import { landscapeRunner, uniform } from './testing/landscape.ts';
import {
  madeUp,
  madeUpExperiment,
  someExperiments,
  withMeasure,
} from './testing/made-up-experiments.ts';
import { workerPool } from './worker-pool.ts';

/** A pool whose experiments end in an order of their own; it tells what it began. */
function unevenPool(size: number, begun: string[] = []): Pool {
  const inner = inlinePool(withMeasure(madeUp));
  return {
    ...inner,
    size,
    async measure(experiment, onProgress) {
      begun.push(experiment.name);
      const wait = 2 * uniform(`${size} ${experiment.name}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
      return inner.measure(experiment, onProgress);
    },
  };
}

async function runOver(
  pool: Pool | null,
  {
    experiments = someExperiments,
    held = [],
    ...rest
  }: Partial<ExperimentsOptions> & { readonly held?: readonly ExperimentEntry[] } = {},
) {
  const inner = memoryExperiments();
  for (const entry of held) inner.append(entry);
  const entries: ExperimentEntry[] = [];
  const append = (entry: ExperimentEntry) => {
    entries.push(entry);
    inner.append(entry);
  };
  const journal = { ...inner, append };
  const options = { experiments, journal, pool, semantics: 'test', now: () => 0, ...rest };
  const result = await runExperiments(options);
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { result, entries };
}

const over = (measure: ExperimentRunner) => inlinePool(withMeasure(measure));

describe('runExperiments', () => {
  const alone = runOver(over(madeUp));

  it.each([1, 2, 7, 64])('comes to the same with %d workers', async (size) => {
    expect(await runOver(unevenPool(size))).toEqual(await alone);
  });

  it('makes what is missing alone, and comes to what an uninterrupted run comes to', async () => {
    const { result, entries } = await alone;
    const held = entries.filter((_, index) => index % 3 > 0);
    const begun: string[] = [];
    const resumed = await runOver(unevenPool(2, begun), { held });
    expect(begun.length).toBe(entries.length - held.length);
    expect(resumed.result).toEqual({
      ...result,
      compute: { ...result.compute, made: begun.length },
    });
    expect(JSON.stringify([...resumed.result.measured])).toBe(JSON.stringify([...result.measured]));
  });

  it('needs no pool where the journal is complete, and says what is missing where it is not', async () => {
    const { result, entries } = await alone;
    const drawn = await runOver(null, { held: entries });
    expect(drawn.result).toEqual({ ...result, compute: { ...result.compute, made: 0 } });
    await expect(runOver(null, { held: entries.slice(1) })).rejects.toThrow(
      /^experiment experiment-\d+ missing from the journal: [0-9a-f]{64} \(run the suite first\)$/,
    );
  });

  it('begins with the longest', async () => {
    const begun: string[] = [];
    await runOver(unevenPool(1, begun));
    const costs = begun.map((name) => someExperiments.find((one) => one.name === name)!.cost);
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
  });

  it('makes an experiment once whatever number of names ask for it', async () => {
    const begun: string[] = [];
    const experiments = [
      madeUpExperiment({ seed: 1 }, { name: 'one' }),
      madeUpExperiment({ seed: 1 }, { name: 'the same', cost: 9 }),
      madeUpExperiment({ seed: 1 }, { name: 'another', version: 2 }),
    ];
    const { result, entries } = await runOver(unevenPool(3, begun), { experiments });
    expect(begun.sort()).toEqual(['another', 'one']);
    expect(entries.length).toBe(2);
    expect(result.measured.get('the same')).toEqual(result.measured.get('one'));
    expect(result.compute).toMatchObject({ experiments: 2, made: 2, trials: 4, modelSteps: 40 });
  });

  it('makes a failed experiment again, and goes on without one that fails twice', async () => {
    const lines: string[] = [];
    const states: ExperimentState[] = [];
    const progress = {
      update: (state: ExperimentState) => states.push(state),
      line: (text: string) => lines.push(text),
      finish: () => {},
    };
    const experiments = [
      madeUpExperiment({ seed: 1, end: 'throw' }, { name: 'bad', cost: 9 }),
      madeUpExperiment({ seed: 2 }, { name: 'good' }),
    ];
    const { result, entries } = await runOver(over(madeUp), { experiments, progress });
    expect(result.measured.get('bad')).toEqual({ status: 'failed', reason: 'no such kernel' });
    expect(result.measured.get('good')).toMatchObject({ status: 'done' });
    expect(result.compute).toMatchObject({ experiments: 2, made: 1, failed: 1, trials: 2 });
    expect(entries.map(({ name }) => name)).toEqual(['good']);
    expect(lines).toEqual([
      'experiment bad failed: no such kernel (running it again)',
      'experiment bad failed: no such kernel (twice: it counts as failed)',
    ]);
    // What a failed attempt trained was trained.
    expect(states.at(-1)).toMatchObject({ done: 2, planned: 2, failed: 1, modelSteps: 30 });
  });

  it.each([
    ['infinite', '$.result.slopes[0].slope: Infinity (a finite number, or null)'],
    ['typed', '$.result.values: a Float64Array (a plain object)'],
    ['nothing', 'experiment gave undefined (an object)'],
  ] as const)('takes no result that JSON cannot hold, and says where (%s)', async (end, reason) => {
    const experiments = [madeUpExperiment({ seed: 1, end }, { name: 'odd' })];
    const { result, entries } = await runOver(over(madeUp), { experiments });
    expect(result.measured.get('odd')).toEqual({
      status: 'failed',
      reason: expect.stringContaining(reason),
    });
    expect(entries).toEqual([]);
  });

  it('says where a runner makes no experiments', async () => {
    const { result } = await runOver(inlinePool(landscapeRunner), {
      experiments: [madeUpExperiment({ seed: 1 }, { name: 'any' })],
    });
    expect(result.measured.get('any')).toEqual({
      status: 'failed',
      reason: 'this runner makes no experiments',
    });
  });

  it('ends with one line where it is interrupted, without waiting for what is under way', async () => {
    const controller = new AbortController();
    let made = 0;
    const pool = over(async (experiment, hooks) => {
      if (++made < 4) return madeUp(experiment, hooks);
      controller.abort();
      return new Promise(() => {});
    });
    const { signal } = controller;
    const journal = memoryExperiments();
    const attempt = () => runOver(pool, { signal, journal });
    await expect(attempt()).rejects.toThrow('interrupted (3 experiments are in the journal)');
    await expect(attempt()).rejects.toThrow('interrupted (3 experiments are in the journal)');
    expect(made).toBe(4);
  });

  it('ends where the journal cannot be written', async () => {
    const append = () => {
      throw new Error('no space left');
    };
    const journal = { ...memoryExperiments(), append };
    await expect(runOver(unevenPool(3), { journal })).rejects.toThrow('no space left');
  });
});

describe('experiments on worker threads', () => {
  const module = new URL('./testing/made-up-experiments.ts', import.meta.url).href;
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hyperlaw-experiments-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come to the same as in this thread', async () => {
    const pool = workerPool({ size: 3, runner: { module, factory: 'createExperimentRunner' } });
    expect(await runOver(pool)).toEqual(await runOver(over(madeUp)));
    await pool.close();
  });

  it('are made again in a new worker where theirs dies', async () => {
    const counter = join(folder, 'once');
    writeFileSync(counter, '');
    const runner = { module, factory: 'createMortalRunner', options: { times: 1, counter } };
    const pool = workerPool({ size: 2, runner });
    expect(await runOver(pool)).toEqual(await runOver(over(madeUp)));
    expect(readFileSync(counter, 'utf8')).toBe('.');
    await pool.close();
  });

  it('fail alone where they end two workers', async () => {
    const runner = { module, factory: 'createExperimentRunner' };
    const pool = workerPool({ size: 2, runner });
    const experiments = [
      madeUpExperiment({ seed: 1, end: 'exit' }, { name: 'fatal', cost: 9 }),
      ...someExperiments.slice(2),
    ];
    const { result } = await runOver(pool, { experiments });
    const reason = 'the worker exited with code 3';
    expect(result.measured.get('fatal')).toEqual({ status: 'failed', reason });
    expect(result.compute).toMatchObject({ made: experiments.length - 1, failed: 1 });
    await pool.close();
  });
});
