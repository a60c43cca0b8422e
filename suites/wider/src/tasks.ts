import type { Profile } from '@hyperlaw/cli';
import { sampleTask, staircase, type TaskLaw } from '@hyperlaw/tasks';

/** What the named tasks are called in figures and claims, by kind. */
export const titles: Readonly<Partial<Record<TaskLaw['kind'], string>>> = {
  'typescript-bytes': 'TypeScript bytes',
  mnist: 'MNIST',
  teacher: 'ReLU teacher',
  'multi-index': 'multi-index, leap 2',
  'power-law': 'power law',
  hierarchy: 'random hierarchy',
  parity: '3-parity',
};

/** The tasks that are compared one by one; real data first. */
const named: readonly TaskLaw[] = [
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

/** How many tasks are drawn at random from the synthetic families. */
const samples: Readonly<Record<Profile, number>> = { smoke: 2, standard: 40, full: 120 };

/** The seed of the sample, chosen once; pilots drew theirs from another. */
const SAMPLE = 2027;

/** Laws of the random tasks of a profile. */
export function randomLaws(profile: Profile): readonly TaskLaw[] {
  return Array.from({ length: samples[profile] }, (_, index) => sampleTask(SAMPLE, index));
}

/** Laws of the tasks that are compared one by one. */
export function namedLaws(profile: Profile): readonly TaskLaw[] {
  return profile === 'smoke' ? [named[0], named[2]].flatMap((law) => law ?? []) : named;
}

/** A random task in a few words: d the input dimension, σ the noise. */
export function shortLaw(law: TaskLaw): string {
  const noise = 'noise' in law && law.noise > 0 ? `, σ=${law.noise}` : '';
  switch (law.kind) {
    case 'teacher':
      return `${law.activation} teacher ${law.inputDim}→${`${law.width}→`.repeat(law.depth)}${law.outputDim}${noise}`;
    case 'multi-index':
      return `${law.terms.map((term) => `h${term.join('')}`).join('+')}, d=${law.inputDim}${noise}`;
    case 'parity':
      return `${law.sparsity}-parity (${law.output === 'classes' ? 'ce' : 'mse'}), d=${law.inputDim}, flip ${law.flip}`;
    case 'power-law':
      return `power law ${law.link}, d=${law.inputDim}${noise}`;
    case 'gaussian-mixture':
      return `${law.classes}-mixture, d=${law.inputDim}, Δ=${law.separation}`;
    case 'noisy-linear':
      return `linear, d=${law.inputDim}${noise}`;
    case 'hierarchy':
      return `hierarchy v=${law.symbols}, m=${law.synonyms}, s=${law.branching}, L=${law.levels}`;
    default:
      return law.kind;
  }
}
