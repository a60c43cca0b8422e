import type { SyntheticLaw, TaskLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { expect, it } from 'vitest';
import { taskForm } from './task-form.ts';

const teacher = {
  ...{ kind: 'teacher', inputDim: 6, outputDim: 1, width: 4, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance: 0 },
} as const satisfies SyntheticLaw;
const finite = { kind: 'finite', of: teacher, samples: 40 } as const satisfies TaskLaw;
const bytes: TaskLaw = {
  ...{ kind: 'typescript-bytes', context: 2, codeDim: 4, vocabulary: 32, instance: 0 },
};

const formOf = async (law: TaskLaw) => JSON.stringify(taskForm(await loadTask(law, { data: '' })));

it('is one for synthetic tasks whose examples have equal sizes', async () => {
  const linear: TaskLaw = {
    kind: 'noisy-linear',
    inputDim: 6,
    noise: 0.1,
    instance: 0,
  };
  expect(await formOf({ ...teacher, instance: 7, noise: 1, width: 9 })).toBe(await formOf(teacher));
  expect(await formOf(linear)).toBe(await formOf(teacher));
  expect(await formOf({ ...finite, samples: 9 })).toBe(await formOf(finite));
});

it('tells apart other sizes, and fresh examples from few', async () => {
  for (const law of [{ ...teacher, inputDim: 7 }, { ...teacher, outputDim: 2 }, finite]) {
    expect(await formOf(law)).not.toBe(await formOf(teacher));
  }
});

it('is a text’s own, since it lies on the device whole', async () => {
  expect(await formOf(bytes)).not.toBe(await formOf({ ...bytes, instance: 1 } as TaskLaw));
});
