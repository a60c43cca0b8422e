import { expect, it } from 'vitest';
import { leapOf } from './hermite-terms.ts';
import { loadTask, taskName } from './registry.ts';
import { type StaircaseParameters, staircaseAxes, staircaseLaw } from './staircase-family.ts';

const corner = (pick: (levels: readonly number[]) => number): StaircaseParameters =>
  Object.fromEntries(
    staircaseAxes.map(({ name, levels }) => [name, pick(levels)]),
  ) as unknown as StaircaseParameters;

it('can be loaded at the extreme corners of its lattice, with the samples and the leap that it says', async () => {
  for (const parameters of [corner((l) => Math.min(...l)), corner((l) => Math.max(...l))]) {
    const law = staircaseLaw(parameters, 7);
    const task = await loadTask(law, { data: '' });
    const stream = task.stream(3, 'train');
    if (stream.kind !== 'table') throw new Error('a fixed training set');
    expect(stream.y.length).toBe(parameters.samples);
    expect(law.of.kind === 'multi-index' && leapOf(law.of.terms)).toBe(parameters.leap);
    expect(task.bestLoss).toBe(0);
  }
  const smallest = Math.min(
    ...(staircaseAxes.find(({ name }) => name === 'inputDim')?.levels ?? []),
  );
  const leaps = staircaseAxes.find(({ name }) => name === 'leap')?.levels ?? [];
  expect(2 * Math.max(...leaps)).toBeLessThanOrEqual(smallest);
});

it('draws another training set and other directions with another instance', () => {
  const parameters = corner((levels) => levels[1] as number);
  expect(taskName(staircaseLaw(parameters, 1))).not.toBe(taskName(staircaseLaw(parameters, 2)));
});
