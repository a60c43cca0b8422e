import { staircase } from './hermite-terms.ts';
import type { TaskLaw } from './task-law.ts';

/** The tasks that suites compare one by one, one of a kind; real data first. */
export const namedLaws: readonly TaskLaw[] = [
  { kind: 'typescript-bytes', context: 8, codeDim: 4, vocabulary: 32, instance: 0 },
  { kind: 'mnist', side: 7 },
  {
    kind: 'teacher',
    inputDim: 32,
    outputDim: 1,
    width: 16,
    depth: 2,
    activation: 'relu',
    noise: 0,
    instance: 0,
  },
  {
    kind: 'multi-index',
    inputDim: 16,
    terms: staircase({ leap: 2, steps: 2 }),
    noise: 0,
    instance: 0,
  },
  {
    kind: 'power-law',
    inputDim: 32,
    capacity: 1,
    source: 1.5,
    link: 'absolute',
    basis: 'rotated',
    noise: 0.3,
    instance: 0,
  },
  {
    kind: 'hierarchy',
    symbols: 4,
    synonyms: 4,
    branching: 2,
    levels: 3,
    classes: 4,
    code: 'one-hot',
    instance: 0,
  },
  { kind: 'parity', inputDim: 16, sparsity: 3, output: 'classes', flip: 0.05, instance: 0 },
];
