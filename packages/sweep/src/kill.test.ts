import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryJournal, openJournal, readJournal } from './journal.ts';
import { inlinePool } from './pool.ts';
import { runSweep } from './sweep.ts';
import { landscapeRunner, uniform } from './testing/landscape.ts';
import { smallSweep } from './testing/small-sweep.ts';

const KILLS = 8;
const child = new URL('./testing/sweep-child.ts', import.meta.url).pathname;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Runs the sweep in a child; kills it a time after its start or its first trial. Gives the trials it told.
 */
async function runChild(
  kill: { readonly after: 'start' | 'trial'; readonly milliseconds: number } | null,
) {
  const args = ['--import', 'tsx', child, folder, '9'];
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const reached = (event: 'start' | 'trial') => {
    if (kill?.after === event) setTimeout(() => process_.kill('SIGKILL'), kill.milliseconds);
  };
  let told = '';
  reached('start');
  process_.stdout.on('data', (data: Buffer) => {
    if (told === '') reached('trial');
    told += data;
  });
  const end = await new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    process_.on('close', (code, signal) => resolve({ code, signal })),
  );
  return { ...end, told: told.split('\n').slice(0, -1) };
}

it(`loses and duplicates nothing when killed ${KILLS} times at random instants`, async () => {
  const told: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = uniform(`kill ${kill}`);
    const run = await runChild(
      kill % 4 === 0
        ? { after: 'start', milliseconds: 800 * moment }
        : { after: 'trial', milliseconds: 200 * moment },
    );
    expect(run.signal).toBe('SIGKILL');
    told.push(...run.told);
    const held = new Set([...readJournal({ folder })].map(({ key }) => key));
    expect(told.filter((key) => !held.has(key))).toEqual([]);
  }
  const last = await runChild(null);
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
