import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markRunning } from './other-runs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-running-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('tells of another process at work in the same folder, and of none that has ended', () => {
  // Of init, which outlives all tests, and of one that is over.
  const { pid } = spawnSync(process.execPath, ['--version']);
  for (const one of [1, pid]) writeFileSync(join(folder, `running-${one}`), '');
  const told: number[] = [];
  const done = markRunning(folder, (other) => told.push(other));
  expect(told).toEqual([1]);
  expect(readdirSync(folder).sort()).toEqual(['running-1', `running-${process.pid}`].sort());
  done();
  expect(readdirSync(folder)).toEqual(['running-1']);
});
