import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, houseAround } from '../house.ts';
import { settingsOf } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { verdictOf } from '../testing/compare-runs.ts';
import { coreCrew, inlineCrew } from '../testing/inline-crew.ts';
import { type MadeUpContext, madeUpContext } from '../testing/made-up-context.ts';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';
import { tinySuite } from '../testing/tiny-suite.ts';
import type { Crew } from './crew.ts';
import { runSuite } from './run-suite.ts';
import { createRunner } from './runner-module.ts';

let temporary: TemporaryHouse;
let house: House;
let context: MadeUpContext;
beforeEach(() => {
  temporary = temporaryHouse();
  house = houseAround(temporary.folder);
  context = madeUpContext({ cwd: house.folder, env: { HYPERLAW_OFFLINE: '1' } });
});
afterEach(() => temporary.remove());

const data = (name: string) => join(temporary.folder, name);

const crewOf = () => coreCrew(data('data'));

function run(suite: Suite, { crew = null as Crew | null, profile = 'standard' } = {}) {
  const settings = settingsOf({ data: 'data', profile }, context);
  return runSuite(suite, { house, settings, crew, context });
}

describe('runSuite', () => {
  it('ends in a verdict, a page and an index, and draws the same again from the journal', async () => {
    expect(await run(tinySuite(), { crew: await crewOf() })).toBe(0);
    expect(context.written()).toContain('Tiny is enough.\npage: reports/tiny/index.html\n');
    expect(context.complaints()).toBe('');
    const drawn = readFileSync(join(house.reports, 'tiny/verdict.json'), 'utf8');
    expect(JSON.parse(drawn).provenance).toMatchObject({ device: { name: 'one core' }, data: [] });
    expect(existsSync(join(house.reports, 'index.html'))).toBe(true);
    expect(existsSync(join(house.reports, 'assets'))).toBe(true);
    const files = readdirSync(house.reports, { recursive: true }).map(String);
    expect(files.filter((name) => /tmp$|probe/.test(name))).toEqual([]);

    rmSync(join(house.reports, 'tiny/index.html'));
    expect(await run(tinySuite())).toBe(0);
    expect(existsSync(join(house.reports, 'tiny/index.html'))).toBe(true);
    expect(readFileSync(join(house.reports, 'tiny/verdict.json'), 'utf8')).toBe(drawn);
  });

  it('puts names into pages as text, never as markup', async () => {
    await run(tinySuite(), { crew: await crewOf() });
    const page = readFileSync(join(house.reports, 'tiny/index.html'), 'utf8');
    expect(page).toContain('Is &lt;tiny&gt; enough?');
    expect(page).not.toContain('<tiny>');
  });

  it('decides nothing under smoke, whatever the suite says', async () => {
    await run(tinySuite(), { crew: await crewOf(), profile: 'smoke' });
    expect(verdictOf(house.folder, 'tiny')).toMatchObject({
      verdict: 'inconclusive',
      claims: [{ verdict: 'inconclusive' }, { verdict: 'inconclusive' }],
    });
  });

  it('draws what it has where trials could not be run, and ends with exit code 1', async () => {
    const crew = inlineCrew(async () => {
      throw new Error('out of luck');
    });
    expect(await run(tinySuite(), { crew })).toBe(1);
    expect(context.written()).toContain('out of luck (twice: they count as failed)');
    expect(context.written()).toMatch(/\d+ could not be run/);
  });

  it('makes some of it again at its end, and says on the page how that came out', async () => {
    expect(await run(tinySuite(), { crew: await crewOf() })).toBe(0);
    expect(context.written()).toMatch(/^made again: \d+ measurements?; all came to the same/m);
    const page = readFileSync(join(house.reports, 'tiny/index.html'), 'utf8');
    expect(page).toMatch(/drawn at random, by another thread: all came to the same, to the bit/);
    const { provenance } = JSON.parse(
      readFileSync(join(house.reports, 'tiny/verdict.json'), 'utf8'),
    );
    expect(provenance.replays.made).toBeGreaterThan(0);
    expect(provenance.replays.same).toBe(provenance.replays.made);
  });

  it('ends with exit code 1 and a caveat where that comes to something else, now and when drawn again', async () => {
    const right = await createRunner({ device: 'cpu', data: data('data') });
    // A fault that no single result tells of.
    const wrong: Runner = async (pack, hooks) =>
      (await right(pack, hooks)).map((one) => ({ ...one, loss: one.loss && one.loss * 1.4 }));
    const crew = { ...inlineCrew(wrong), another: inlineCrew(right).another };
    expect(await run(tinySuite(), { crew })).toBe(1);
    expect(context.complaints()).toMatch(
      /^a trial came to a loss of [\d.]+, and trained again to a loss of/,
    );
    const caveat = /Of \d+ measurements? that were made again only 0 came to the same/;
    const page = () => readFileSync(join(house.reports, 'tiny/index.html'), 'utf8');
    expect(page()).toMatch(caveat);
    rmSync(join(house.reports, 'tiny/index.html'));
    expect(await run(tinySuite())).toBe(0);
    expect(page()).toMatch(caveat);
  });

  it('can be interrupted while it makes something again', async () => {
    const interrupt = new AbortController();
    context = madeUpContext({ cwd: house.folder, signal: interrupt.signal });
    const crew = await crewOf();
    const slow = inlineCrew(() => {
      interrupt.abort();
      return new Promise(() => {});
    });
    const attempt = run(tinySuite(), { crew: { ...crew, another: slow.another } });
    await expect(attempt).rejects.toThrow('interrupted (all is in the journal)');
    context = madeUpContext({ cwd: house.folder });
    expect(await run(tinySuite())).toBe(0);
  });

  it('trains nothing without a crew', async () => {
    await expect(run(tinySuite())).rejects.toThrow(/missing from the journal: \w{64} \(run the/);
  });
});

describe('what is wrong with a suite', () => {
  const law = (changes: object) => ({ kind: 'teacher', ...changes }) as TaskLaw;
  const empty = [{ name: 'learningRate', base: 1, min: 3, max: -3 }];
  const unread = [
    { name: 'learningRate', base: 1, min: -3, max: 3 },
    { name: 'momentum', base: 0.9, min: -1, max: 0 },
  ];
  it.each([
    ['a task', tinySuite({ law: law({ kind: 'sudoku' }) }), 'unknown task: sudoku (one of '],
    ['a width', tinySuite({ width: -3 }), 'unknown width: -3 (a positive integer)'],
    ['a range', tinySuite({ space: empty }), 'empty range of learningRate: 3 to -3 (min at most'],
    ['a space', tinySuite({ space: [] }), 'empty space: no knobs (at least one)'],
    [
      'a knob',
      tinySuite({ space: unread }),
      /^arm teacher-.*: unknown knob: momentum \(with this shape:/,
    ],
    ['a horizon', tinySuite({ steps: 0 }), 'unknown steps of teacher-'],
    ['a net', tinySuite({ width: 2 ** 40 }), /does not fit in memory: one lane needs .* GiB \(at/],
  ])('%s is said in one line before anything trains', async (_, suite, line) => {
    const attempt = run(suite, { crew: await crewOf() });
    await expect(attempt).rejects.toThrow(line);
    await expect(attempt).rejects.not.toThrow('\n');
    expect(existsSync(house.results('tiny'))).toBe(false);
    expect(existsSync(join(house.reports, 'tiny'))).toBe(false);
  });
});

describe('what is wrong with a machine', () => {
  it('skips real data that is not there with one line, and goes on with the rest', async () => {
    const both: Suite = {
      ...tinySuite(),
      tasks: (profile) => [
        { kind: 'mnist', side: 7 },
        { kind: 'mnist', side: 14 },
        ...tinySuite().tasks(profile),
      ],
    };
    expect(await run(both, { crew: await crewOf() })).toBe(0);
    expect(context.written().match(/^going on without .*$/gm)).toEqual([
      `going on without mnist: not in ${data('data')}`,
    ]);
  });

  it('refuses a suite of which nothing is there', async () => {
    const attempt = run(tinySuite({ law: { kind: 'mnist', side: 7 } }));
    await expect(attempt).rejects.toThrow('nothing to compare: suite tiny has no arms');
  });

  it('names a damaged data file', async () => {
    mkdirSync(data('data/mnist'), { recursive: true });
    for (const name of [
      'train-images-idx3',
      'train-labels-idx1',
      't10k-images-idx3',
      't10k-labels-idx1',
    ]) {
      writeFileSync(data(`data/mnist/${name}-ubyte.gz`), 'truncated');
    }
    const attempt = run(tinySuite({ law: { kind: 'mnist', side: 7 } }));
    await expect(attempt).rejects.toThrow(
      /^wrong checksum: .*mnist.train-images-idx3-ubyte.gz is /,
    );
  });

  // A file where a folder should be stops root too, whom no permission stops.
  it.each([
    [
      'reports',
      'reports',
      /^cannot write .*reports.tiny: a part of the path is not a folder \(ENOTDIR\)$/,
    ],
    [
      'a report',
      'reports/tiny',
      /^cannot write .*reports.tiny: a file of that name is in the way \(EEXIST\)$/,
    ],
    ['results', 'suites/tiny/results', /^cannot read the journal .*results: not a folder/],
  ])('says that %s cannot be written', async (_, path, line) => {
    temporary.write(path, 'in the way\n');
    await expect(run(tinySuite(), { crew: await crewOf() })).rejects.toThrow(line);
    expect(readFileSync(join(house.folder, path), 'utf8')).toBe('in the way\n');
  });

  it('says that results cannot be written before anything trains', async () => {
    // Nor does a permission stop root here: a folder in place of the file that would be written.
    temporary.write(`suites/tiny/results/.probe.${process.pid}/file`, 'in the way\n');
    const crew = await crewOf();
    const untouched = { ...crew.pool, run: () => expect.unreachable('nothing trains') };
    const attempt = run(tinySuite(), { crew: { ...crew, pool: untouched } });
    await expect(attempt).rejects.toThrow(
      /^cannot write .*results: a folder of that name is in the way \(EISDIR\)$/,
    );
  });

  it('stops where it is interrupted, keeping what was measured', async () => {
    const controller = new AbortController();
    controller.abort();
    context = madeUpContext({ cwd: house.folder, signal: controller.signal });
    const attempt = run(tinySuite(), { crew: await crewOf() });
    await expect(attempt).rejects.toThrow('interrupted (0 trials are in the journal)');
  });
});
