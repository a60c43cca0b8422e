import type { TaskLaw } from './task-law.ts';

/** What the named tasks are called in figures and claims, by kind. */
export const taskTitles: Readonly<Partial<Record<TaskLaw['kind'], string>>> = {
  'typescript-bytes': 'TypeScript bytes',
  mnist: 'MNIST',
  teacher: 'ReLU teacher',
  'multi-index': 'multi-index, leap 2',
  'power-law': 'power law',
  hierarchy: 'random hierarchy',
  parity: '3-parity',
};

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
    case 'facts':
      return `facts a=${law.exponent}, V=${law.symbols}, L=${law.length}`;
    default:
      return law.kind;
  }
}
