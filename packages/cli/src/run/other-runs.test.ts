import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
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
  const marker = (one: number) => `running-${hostname()}-${one}`;
  for (const one of [1, pid]) writeFileSync(join(folder, marker(one)), '');
  writeFileSync(join(folder, 'running-elsewhere-1'), '');
  const told: number[] = [];
  const done = markRunning(folder, (other) => told.push(other));
  expect(told).toEqual([1]);
  const others = [marker(1), 'running-elsewhere-1'];
  expect(readdirSync(folder).sort()).toEqual([...others, marker(process.pid)].sort());
  done();
  expect(readdirSync(folder).sort()).toEqual(others.sort());
});
