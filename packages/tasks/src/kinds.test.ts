import { expect, it } from 'vitest';
import { available } from './availability.ts';
import { loadTask } from './registry.ts';
import { sampleTask } from './sample-task.ts';
import type { TaskLaw } from './task-law.ts';

const data = process.env.HYPERLAW_DATA ?? '';
const synthetic = sampleTask(0, 0);
const mnist = { kind: 'mnist', side: 7 } as const;
const laws: readonly TaskLaw[] = [
  synthetic,
  { kind: 'finite', of: synthetic, samples: 8 },
  {
    ...{ kind: 'facts', symbols: 4, length: 2, facts: 8, exponent: 1, noise: 0 },
    ...{ codeDim: 2, instance: 0 },
  },
  { kind: 'typescript-bytes', context: 2, codeDim: 2, vocabulary: 16, instance: 0 },
  ...(available(mnist, { data }).available
    ? [mnist, { kind: 'finite', of: mnist, samples: 8 } as const]
    : []),
];

it.each(laws)('of $kind says truly what its streams are', async (law) => {
  const task = await loadTask(law, { data });
  expect(task.stream(0, 'train').kind).toBe(task.kinds.train);
  for (const split of ['validation', 'test'] as const) {
    expect(task.stream(0, split).kind).toBe(task.kinds.heldOut);
  }
});
