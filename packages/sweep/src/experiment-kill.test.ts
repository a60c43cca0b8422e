import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryExperiments, openExperiments, readExperiments } from './experiment-journal.ts';
import { inlinePool } from './pool.ts';
import { runExperiments } from './run-experiments.ts';
import { uniform } from './testing/landscape.ts';
import { madeUp, someExperiments, withMeasure } from './testing/made-up-experiments.ts';
import { runChild } from './testing/run-child.ts';

const KILLS = 4;
const child = new URL('./testing/experiments-child.ts', import.meta.url).pathname;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it(`loses and repeats no finished experiment when killed ${KILLS} times at random instants`, async () => {
  const told: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const milliseconds = 80 * uniform(`kill an experiment ${kill}`);
    const run = await runChild(child, [folder, '30'], { after: 'word', milliseconds });
    expect(run.signal).toBe('SIGKILL');
    told.push(...run.told);
    const held = new Set([...readExperiments({ folder })].map(({ key }) => key));
    expect(told.filter((key) => !held.has(key))).toEqual([]);
  }
  const last = await runChild(child, [folder, '1'], null);
  expect(last).toMatchObject({ code: 0, signal: null });
  expect(last.told.length).toBeGreaterThan(0);

  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1),
  );
  const keys = lines.map((line) => (JSON.parse(line) as { key: string }).key);
  expect(new Set(keys).size).toBe(keys.length);

  const options = { experiments: someExperiments, semantics: 'test', now: () => 0 };
  const resumed = await runExperiments({
    ...options,
    journal: openExperiments({ folder }),
    pool: null,
  });
  const whole = await runExperiments({
    ...options,
    journal: memoryExperiments(),
    pool: inlinePool(withMeasure(madeUp)),
  });
  expect(resumed.measured).toEqual(whole.measured);
  expect(resumed.compute).toEqual({ ...whole.compute, made: 0 });
});
