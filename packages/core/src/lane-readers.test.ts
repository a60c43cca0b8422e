import { loadTask, type TaskLaw } from '@hyperlaw/tasks';
import { expect, it } from 'vitest';
import { laneReaders } from './lane-readers.ts';
import { laneWith } from './testing/fixtures.ts';

const lawOf = (instance: number): TaskLaw => ({
  ...{ kind: 'teacher', inputDim: 2, outputDim: 1, width: 2, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance },
});

it('has lanes of one task and seed read the same, and loads a task once, however its law is written', async () => {
  const [one, other] = [lawOf(0), lawOf(1)];
  const reversed = Object.fromEntries(Object.entries(one).reverse()) as unknown as TaskLaw;
  const lanes = [
    [one, 1],
    [other, 1],
    [one, 2],
    [reversed, 1],
    [other, 1],
  ] as const;
  const loaded: TaskLaw[] = [];
  const { readers, owners, task } = await laneReaders(
    lanes.map(([law, seed]) => ({ task: law, ...laneWith({ seed }) })),
    (law) => {
      loaded.push(law);
      return loadTask(law, { data: '' });
    },
  );
  expect(loaded.length).toBe(2);
  expect(owners).toEqual([0, 1, 2, 0, 1]);
  expect(readers.map(({ seed }) => seed)).toEqual([1, 1, 2]);
  expect(readers[2]?.task).toBe(readers[0]?.task);
  expect(readers.map((reader) => reader.task.name)).toEqual([
    task.name,
    expect.any(String),
    task.name,
  ]);
});

it('refuses a pack of no lanes', async () => {
  const load = (law: TaskLaw) => loadTask(law, { data: '' });
  await expect(laneReaders([], load)).rejects.toThrow('unknown number of lanes: 0');
});
