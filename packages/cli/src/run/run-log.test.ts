import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { taskName } from '@hyperlaw/tasks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadTasks } from './load-tasks.ts';
import { openRunLog } from './run-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const digits: TaskLaw = { kind: 'mnist', side: 7 };
const task: Task = {
  ...{ name: taskName(digits), law: digits, inputDim: 49, output: { kind: 'classes', count: 10 } },
  ...{ bestLoss: null, kinds: { train: 'table', heldOut: 'table' } },
  data: [{ name: 'train-images', sha256: 'a'.repeat(64) }],
  stream: () => {
    throw new Error('no data');
  },
};

const logOf = (profile: 'smoke' | 'standard', startedAt = '2026-01-01T00:00:00Z') =>
  openRunLog(
    {
      ...{ profile, commit: 'c', dirty: false, versions: {}, workers: 1 },
      ...{ device: { kind: 'cpu', name: 'a processor' }, startedAt },
    },
    { folder },
  );

it('a run knows the tasks of the runs of its profile before it, so that results are judged without their data', async () => {
  const first = logOf('standard');
  first.reads([task]);
  expect(first.known(digits)).toBeNull();
  first.begin();
  first.close();

  const said: string[] = [];
  const load = async (profile: 'smoke' | 'standard') => {
    const { known, close } = logOf(profile);
    close();
    const say = (line: string) => void said.push(line);
    return loadTasks([digits], { data: '/nowhere', offline: true, say, known });
  };
  const { tasks, skipped } = await load('standard');
  expect(tasks).toMatchObject([{ name: task.name, inputDim: 49, data: task.data }]);
  expect(() => tasks[0]?.stream(0, 'train')).toThrow('without its data here');
  expect(skipped).toEqual([]);
  expect(said).toEqual([]);

  // A later run that went without them decides: its plan has no arms on them.
  const second = logOf('standard', '2026-01-02T00:00:00Z');
  second.reads([]);
  second.begin();
  second.close();
  expect((await load('standard')).tasks).toEqual([]);
  said.length = 0;

  expect((await load('smoke')).tasks).toEqual([]);
  expect(said).toEqual(['going on without mnist: not in /nowhere']);
});
