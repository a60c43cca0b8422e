import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import { openJournal } from './journal.ts';
import { journalEntry } from './journal-entry.ts';
import { landscapeArm, trainLane, uniform } from './testing/landscape.ts';

const TRIALS = 50_000;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-size-'));
  const spec = trialOf(landscapeArm('size', { best: { learningRate: -4 } }), [-4, 0, 0], 0);
  const curve = Array.from({ length: 64 }, (_, n) => [n * 100, uniform(`${n}`)] as const);
  const result = { ...trainLane(spec, spec), curve };
  const line = JSON.stringify(journalEntry('0'.repeat(64), spec, result));
  const lines = Array.from({ length: TRIALS }, (_, n) =>
    line.replace('0'.repeat(64), n.toString(16).padStart(64, '0')),
  );
  writeFileSync(join(folder, 'trials-000001.ndjson'), `${lines.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Processor seconds of this process that something takes. */
function processorSeconds(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

describe(`a journal of ${TRIALS} trials with curves of 64 points`, () => {
  it('opens in little more time than its lines take to parse, and stays small', () => {
    const parsing = processorSeconds(() => {
      const lines = readFileSync(join(folder, 'trials-000001.ndjson'), 'utf8').trim().split('\n');
      for (const line of lines) JSON.parse(line);
    });
    const before = process.memoryUsage().rss;
    let size = 0;
    const opening = processorSeconds(() => {
      size = openJournal({ folder }).size;
    });
    const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
    expect(size).toBe(TRIALS);
    // Against the same machine in the same seconds, however many share it. 1.1 times is usual; a copy of each line more, or a
    // second parse, would be seen.
    expect(opening / parsing).toBeLessThan(2.5);
    expect(megabytes).toBeLessThan(300);
  });
});
