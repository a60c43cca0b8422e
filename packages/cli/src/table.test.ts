import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { addTinySuite, temporaryHouse } from './testing/temporary-house.ts';

const house = temporaryHouse();
const cwd = house.folder;
const rowsOf = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));

beforeAll(() => addTinySuite(house));
afterAll(() => house.remove());

it('says in one line that there is nothing yet, and which suites there are', async () => {
  expect(await runCommand(['table', 'tiny'], { cwd })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'no trials of tiny (hyperlaw run tiny trains them)\n',
  });
  const { code, stderr } = await runCommand(['table', 'wider'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'unknown suite: wider (tiny)\n' });
});

it('has a row for every trial, and for every point of their curves', async () => {
  const run = await runCommand(['run', 'tiny', '--device', 'cpu', '--workers', '1'], { cwd });
  const trained = Number(/\b(\d+) trials \(/.exec(run.stdout)?.[1]);
  const trials = rowsOf((await runCommand(['table', 'tiny'], { cwd })).stdout);
  const [head = [], ...rows] = trials;
  expect(rows.length).toBe(trained);
  for (const column of ['key', 'task', 'seed', 'heldOut', 'loss', 'width', 'learningRate']) {
    expect(head).toContain(column);
  }
  expect(new Set(rows.map((row) => row[head.indexOf('heldOut')]))).toEqual(
    new Set(['validation', 'test']),
  );
  const [curveHead, ...points] = rowsOf(
    (await runCommand(['table', 'tiny', '--curves'], { cwd })).stdout,
  );
  expect(curveHead).toEqual(['trial', 'step', 'loss']);
  expect(new Set(points.map(([trial]) => trial)).size).toBe(trained);
});
