import type { TaskLaw } from '@hyperlaw/tasks';
import type { NetRaceInput } from './net-race.ts';

/** A task on which nets are raced at several batch sizes. */
export interface NetRaceTask extends Omit<NetRaceInput, 'batch' | 'seeds'> {
  readonly title: string;
  readonly law: TaskLaw;
  readonly batches: readonly number[];
  readonly range: readonly [smallest: number, largest: number];
}

const model = {
  kind: 'mlp',
  width: 32,
  depth: 1,
  activation: 'tanh',
  bias: true,
  centred: false,
} as const;

/** Targets that a large batch reaches in some dozens of steps, above the best reachable loss. */
export const netRaces: readonly Omit<NetRaceTask, 'batches'>[] = [
  {
    title: 'teacher',
    law: {
      kind: 'teacher',
      inputDim: 16,
      outputDim: 1,
      width: 16,
      depth: 1,
      activation: 'tanh',
      noise: 0.3,
      instance: 1,
    },
    model,
    optimizer: 'sgd',
    target: 0.15,
    firstRates: [2 ** -8, 2 ** -6, 2 ** -4, 2 ** -2],
    maxSteps: 20_000,
    range: [4, 1000],
  },
  {
    title: 'TypeScript bytes',
    law: { kind: 'typescript-bytes', context: 4, codeDim: 8, vocabulary: 32, instance: 1 },
    model,
    optimizer: 'sgd',
    target: 2.4,
    firstRates: [2 ** -6, 2 ** -4, 2 ** -2, 1],
    maxSteps: 20_000,
    range: [8, 2000],
  },
];
