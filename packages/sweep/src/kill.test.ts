import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryJournal, openJournal, readJournal } from './journal.ts';
import { inlinePool } from './pool.ts';
import { runSweep } from './sweep.ts';
import { landscapeRunner, uniform } from './testing/landscape.ts';
import { runChild } from './testing/run-child.ts';
import { smallSweep } from './testing/small-sweep.ts';

const KILLS = 8;
const child = new URL('./testing/sweep-child.ts', import.meta.url).pathname;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it(`loses and duplicates nothing when killed ${KILLS} times at random instants`, async () => {
  const told: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = uniform(`kill ${kill}`);
    const run = await runChild(
      child,
      [folder, '9'],
      kill % 4 === 0
        ? { after: 'start', milliseconds: 800 * moment }
        : { after: 'word', milliseconds: 200 * moment },
    );
    expect(run.signal).toBe('SIGKILL');
    told.push(...run.told);
    const held = new Set([...readJournal({ folder })].map(({ key }) => key));
    expect(told.filter((key) => !held.has(key))).toEqual([]);
  }
  const last = await runChild(child, [folder, '9'], null);
  expect(last).toMatchObject({ code: 0, signal: null });
  expect(last.told.length).toBeGreaterThan(0);

  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1),
  );
  const keys = lines.map((line) => (JSON.parse(line) as { key: string }).key);
  expect(new Set(keys).size).toBe(keys.length);

  const resumed = await runSweep({ ...smallSweep, journal: openJournal({ folder }), pool: null });
  const whole = await runSweep({
    ...smallSweep,
    journal: memoryJournal(),
    pool: inlinePool(landscapeRunner),
  });
  expect(resumed.outcomes).toEqual(whole.outcomes);
  expect(keys.length).toBe(whole.compute.trials);
});
