import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Night, readHistory, recordNight } from './night.ts';

const night: Night = {
  ...{ date: '2026-11-24T02:00:00.000Z', commit: 'aaaaaaaaaa' },
  ...{ verdicts: {}, claims: {}, devices: {}, rates: {} },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-nights-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps every night, also after a line that a fault tore', () => {
  const path = join(folder, 'history', 'history.ndjson');
  expect(readHistory(path)).toEqual({ nights: [], broken: 0 });
  recordNight(path, night);
  recordNight(path, { ...night, commit: 'bbbbbbbbbb' });
  expect(readHistory(path).nights.map(({ commit }) => commit)).toEqual([
    'aaaaaaaaaa',
    'bbbbbbbbbb',
  ]);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
  recordNight(path, { ...night, commit: 'cccccccccc' });
  expect(readHistory(path)).toMatchObject({
    nights: [{ commit: 'aaaaaaaaaa' }, { commit: 'cccccccccc' }],
    broken: 1,
  });
});
