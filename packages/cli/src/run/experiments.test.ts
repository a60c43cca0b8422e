import { existsSync, readdirSync } from 'node:fs';
import { readExperiments } from '@hyperlaw/sweep';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, houseAround } from '../house.ts';
import { settingsOf } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { journalOf, verdictOf } from '../testing/compare-runs.ts';
import { coreCrew } from '../testing/inline-crew.ts';
import { labSuite } from '../testing/lab-suite.ts';
import { type MadeUpContext, madeUpContext } from '../testing/made-up-context.ts';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';
import { tinySuite } from '../testing/tiny-suite.ts';
import { runSuite } from './run-suite.ts';

let temporary: TemporaryHouse;
let house: House;
let context: MadeUpContext;
beforeEach(() => {
  temporary = temporaryHouse();
  house = houseAround(temporary.folder);
  context = madeUpContext({ cwd: house.folder, env: { HYPERLAW_OFFLINE: '1' } });
});
afterEach(() => temporary.remove());

async function run(suite: Suite, { redraw = false } = {}) {
  const settings = settingsOf({ data: 'data' }, context);
  const crew = redraw ? null : await coreCrew(settings.data, suite.experiments?.module);
  return runSuite(suite, { house, settings, crew, context });
}

const claims = () =>
  (verdictOf(house.folder, 'lab') as { claims: { name: string }[] }).claims.map(({ name }) => name);
const compute = () => (verdictOf(house.folder, 'lab') as { compute: object }).compute;

describe('a suite of experiments', () => {
  it('needs no arms, ends in a verdict, and is drawn again from the journal alone', async () => {
    expect(await run(labSuite())).toBe(0);
    expect(claims()[2]).toBe('square-3: {"status":"done","result":{"square":9}}');
    expect(claims().at(-1)).toMatch(
      /^train-56: \{"status":"done","result":\{"inputDim":4,"losses":\[0/,
    );
    expect(context.written()).toMatch(/^plan: 10 experiments, about 3s on one core$/m);
    expect(context.written()).toContain('10 experiments (10 made now) in 0.0 s');
    expect(context.complaints()).toBe('');
    const first = verdictOf(house.folder, 'lab');
    expect(await run(labSuite(), { redraw: true })).toBe(0);
    expect(context.written()).toContain('journal: 10 experiments measured before');
    expect(verdictOf(house.folder, 'lab')).toEqual(first);
  });

  it('counts what its laboratory trains, and what it is told', async () => {
    await run(labSuite());
    const steps = [8, 16, 24, 32, 40, 48, 56].reduce((sum, one) => sum + one);
    expect(compute()).toMatchObject({ trials: 14, modelSteps: 2 * steps });
    const entries = [...readExperiments({ folder: house.results('lab') })];
    const sum = entries.reduce((total, entry) => total + entry.compute.flops, 0);
    expect((compute() as { flops: number }).flops).toBeCloseTo(sum, 3);
    const square = entries.find(({ kind }) => kind === 'square');
    expect(square?.compute).toEqual({ trials: 0, modelSteps: 0, flops: 1 });
  });

  it('may have arms too: the experiments run first, and both are counted', async () => {
    const both: Suite = { ...tinySuite(), ...labSuite() };
    expect(await run(both)).toBe(0);
    expect(context.written()).toContain('10 experiments (10 made now) and 30 trials (30 trained');
    expect(compute()).toMatchObject({ trials: 14 + 30 });
    expect(readdirSync(house.results('lab')).sort()).toEqual([
      'experiments-000001.ndjson',
      'runs-000001.ndjson',
      'trials-000001.ndjson',
    ]);
  });

  it('goes on without an experiment that fails, and ends with exit code 1', async () => {
    expect(await run(labSuite({ kind: 'overflow' }))).toBe(1);
    expect(claims().at(-1)).toBe(
      'extra: {"status":"failed","reason":"not canonical JSON at $.result.curve[1]: Infinity (a finite number, or null)"}',
    );
    expect(context.written()).toContain('10 made now, 1 could not be run) in');
    expect(journalOf(house.folder, 'lab').keys.length).toBe(10);
    await expect(run(labSuite({ kind: 'overflow' }), { redraw: true })).rejects.toThrow(
      /^experiment extra missing from the journal: \w{64} \(run the suite first\)$/,
    );
  });

  const planned = labSuite().experiments as NonNullable<Suite['experiments']>;
  it.each([
    ['a kind', labSuite({ kind: 'sudoku' }), 'unknown kind of experiment extra: sudoku (square, '],
    [
      'a plan',
      { ...labSuite(), experiments: { module: 'file:///nowhere.ts', plan: () => [] } },
      'nothing to compare: suite lab has no arms and no experiments',
    ],
    [
      'a module',
      {
        ...labSuite(),
        experiments: { ...planned, module: new URL('./count.ts', import.meta.url).href },
      },
      /^cannot load experiments: file:.*count.ts exports none \(export const experiments = /,
    ],
    [
      'a name',
      { ...labSuite(), judge: ({ measured }) => ({ ...measured('cube-1') }) as never } as Suite,
      'unknown experiment: cube-1 (one of the 10 that were planned)',
    ],
  ])('is told what is wrong with %s, in one line', async (_, suite, line) => {
    const attempt = run(suite);
    await expect(attempt).rejects.toThrow(line);
    await expect(attempt).rejects.not.toThrow('\n');
    expect(existsSync(`${house.reports}/lab/verdict.json`)).toBe(false);
  });
});
