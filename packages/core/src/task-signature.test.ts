import type { SyntheticLaw, TaskLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { expect, it } from 'vitest';
import { taskSignature } from './task-signature.ts';

const teacher = {
  ...{ kind: 'teacher', inputDim: 6, outputDim: 1, width: 4, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance: 0 },
} as const satisfies SyntheticLaw;
const finite = { kind: 'finite', of: teacher, samples: 40 } as const satisfies TaskLaw;
const bytes: TaskLaw = {
  ...{ kind: 'typescript-bytes', context: 2, codeDim: 4, vocabulary: 32, instance: 0 },
};

const signatureOf = async (law: TaskLaw) =>
  JSON.stringify(taskSignature(await loadTask(law, { data: '' })));

it('is one for synthetic tasks whose examples have equal sizes', async () => {
  const linear: TaskLaw = { kind: 'noisy-linear', inputDim: 6, noise: 0.1, instance: 0 };
  expect(await signatureOf({ ...teacher, instance: 7, noise: 1, width: 9 })).toBe(
    await signatureOf(teacher),
  );
  expect(await signatureOf(linear)).toBe(await signatureOf(teacher));
  expect(await signatureOf({ ...finite, samples: 9 })).toBe(await signatureOf(finite));
});

it('tells apart other sizes, and fresh examples from few', async () => {
  for (const law of [{ ...teacher, inputDim: 7 }, { ...teacher, outputDim: 2 }, finite]) {
    expect(await signatureOf(law)).not.toBe(await signatureOf(teacher));
  }
});

it('is a text’s own, since it lies on the device whole', async () => {
  expect(await signatureOf(bytes)).not.toBe(
    await signatureOf({ ...bytes, instance: 1 } as TaskLaw),
  );
});
