import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTinySuite,
  repository,
  type TemporaryHouse,
  temporaryHouse,
} from './testing/temporary-house.ts';

const TRIALS = 50_000;
const MOST_MEGABYTES = 500;

/** Loaded into the command's process: as it ends it writes the most memory that it ever had, in MB. */
const WATCH = `
  const { readFileSync, writeFileSync } = require('node:fs');
  process.on('exit', () => {
    const [, kilobytes] = /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
    writeFileSync(process.env.HYPERLAW_TEST_PEAK, String(kilobytes * 1.024e-3));
  });
`;

/** A journal of trials that nobody asks for, as another profile leaves them, with curves of 64 points. */
function writeJournal(folder: string): void {
  const curve = Array.from({ length: 64 }, (_, n) => [n * 100, 1 / (n + 3)]);
  const entry = {
    ...{ status: 'finished', divergedAt: null, loss: 0.5, seconds: 0.25, flops: 1e9 },
    ...{ spec: { task: { kind: 'teacher' }, knobs: { learningRate: 0.5 }, seed: 0 }, curve },
  };
  const lines = Array.from({ length: TRIALS }, (_, n) => {
    const key = createHash('sha256').update(`${n}`).digest('hex');
    return JSON.stringify({ key, ...entry });
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'trials-000001.ndjson'), `${lines.join('\n')}\n`);
}

// Only Linux tells a process what it has had at most.
describe.runIf(existsSync('/proc/self/status'))(`a run over ${TRIALS} journalled trials`, () => {
  let house: TemporaryHouse;
  beforeAll(() => {
    house = temporaryHouse();
    addTinySuite(house);
    writeJournal(join(house.folder, 'suites/tiny/results'));
    house.write('watch.cjs', WATCH);
  });
  afterAll(() => house.remove());

  it(`trains on two workers in less than ${MOST_MEGABYTES} MB`, async () => {
    const peak = join(house.folder, 'peak');
    // By its first line, which says how memory is to be handed out.
    const child = spawn(join(repository, 'packages/cli/bin/hyperlaw.mjs'), ['run', 'tiny'], {
      cwd: house.folder,
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, HYPERLAW_OFFLINE: '1' },
        ...{ HYPERLAW_WORKERS: '2', HYPERLAW_DEVICE: 'cpu', HYPERLAW_TEST_PEAK: peak },
        NODE_OPTIONS: `--require ${join(house.folder, 'watch.cjs')}`,
      },
      stdio: 'ignore',
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(Number(readFileSync(peak, 'utf8'))).toBeLessThan(MOST_MEGABYTES);
  });
});
