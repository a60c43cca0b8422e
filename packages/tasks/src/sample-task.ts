import { staircase } from './hermite-terms.ts';
import { randomStream } from './random-stream.ts';
import type { SyntheticLaw } from './task-law.ts';

/**
 * Task number `index` of an endless sequence drawn at random: what "on average over arbitrary tasks"
 * means here. Tasks of the same seed are independent draws from this distribution, in which every
 * list is uniform:
 *
 * - family: teacher, multi-index, parity, power-law, gaussian-mixture, noisy-linear, hierarchy;
 * - input dimension (first five and noisy-linear): 8, 16, 32, 64;
 * - noise (regression families): 0, 0.1, 0.3, 1;
 * - teacher: width 2, 4, 8, 16, 32; depth 1, 2, 3; activation relu, tanh, sine; outputs 1, 4;
 * - multi-index: staircases of leap 1 (1 to 4 steps) or leap 2 (1 or 2 steps), or the single
 *   polynomials h₂(z₁), h₃(z₁), z₁ + h₂(z₂), z₁z₂z₃;
 * - parity: sparsity 1, 2, 3; regression or classes; flip 0, 0.05, 0.2;
 * - power-law: capacity in [0.5, 2], source in [1, 3] (both uniform); link linear, relu, absolute,
 *   quadratic; basis coordinates, rotated;
 * - gaussian-mixture: classes 2, 4, 8; separation in [1, 5]; capacity 0, 1;
 * - hierarchy: (symbols, synonyms, branching, levels) of (4, 2, 2, 2), (4, 4, 2, 2), (8, 2, 2, 2),
 *   (8, 4, 2, 2), (4, 2, 2, 3), (4, 4, 2, 3), (4, 3, 3, 2), classes 2 or 4, one-hot or codes of 4
 *   dimensions, so that the input dimension is at most 64;
 * - instance: uniform below 2³⁰.
 */
export function sampleTask(seed: number, index: number): SyntheticLaw {
  const draw = drawing(seed, index);
  const instance = draw.below(2 ** 30);
  const inputDim = draw.from([8, 16, 32, 64]);
  const noise = draw.from([0, 0.1, 0.3, 1]);
  const kind = draw.from([
    'teacher',
    'multi-index',
    'parity',
    'power-law',
    'gaussian-mixture',
    'noisy-linear',
    'hierarchy',
  ] as const);
  switch (kind) {
    case 'teacher':
      return {
        kind,
        inputDim,
        outputDim: draw.from([1, 4]),
        width: draw.from([2, 4, 8, 16, 32]),
        depth: draw.from([1, 2, 3]),
        activation: draw.from(['relu', 'tanh', 'sine'] as const),
        noise,
        instance,
      };
    case 'multi-index':
      return { kind, inputDim, terms: draw.from(polynomials), noise, instance };
    case 'parity':
      return {
        kind,
        inputDim,
        sparsity: draw.from([1, 2, 3]),
        output: draw.from(['regression', 'classes'] as const),
        flip: draw.from([0, 0.05, 0.2]),
        instance,
      };
    case 'power-law':
      return {
        kind,
        inputDim,
        capacity: draw.between(0.5, 2),
        source: draw.between(1, 3),
        link: draw.from(['linear', 'relu', 'absolute', 'quadratic'] as const),
        basis: draw.from(['coordinates', 'rotated'] as const),
        noise,
        instance,
      };
    case 'gaussian-mixture':
      return {
        kind,
        inputDim,
        classes: draw.from([2, 4, 8]),
        separation: draw.between(1, 5),
        capacity: draw.from([0, 1]),
        instance,
      };
    case 'noisy-linear':
      return { kind, inputDim, noise, instance };
    case 'hierarchy': {
      const [symbols, synonyms, branching, levels] = draw.from(grammars);
      const classes = draw.from([2, 4]);
      const code = draw.from(['one-hot', 4] as const);
      return { kind, symbols, synonyms, branching, levels, classes, code, instance };
    }
  }
}

const polynomials = [
  ...[1, 2, 3, 4].map((steps) => staircase({ leap: 1, steps })),
  ...[1, 2].map((steps) => staircase({ leap: 2, steps })),
  [[2]],
  [[3]],
  [[1], [0, 2]],
  [[1, 1, 1]],
];

const grammars = [
  [4, 2, 2, 2],
  [4, 4, 2, 2],
  [8, 2, 2, 2],
  [8, 4, 2, 2],
  [4, 2, 2, 3],
  [4, 4, 2, 3],
  [4, 3, 3, 2],
] as const;

/** Draws in the order asked for, from the stream of one task. */
function drawing(seed: number, index: number) {
  const stream = randomStream({ seed, role: 'task', path: [index] });
  const integer = new Int32Array(1);
  const real = new Float32Array(1);
  let next = 0;
  const below = (bound: number): number => {
    stream.fillIntegers(next++, bound, integer);
    return integer[0] as number;
  };
  return {
    below,
    from: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
    /** Uniform, in hundredths, so that a law reads well. */
    between(low: number, high: number): number {
      stream.fillUniform(next++, real);
      return Math.round(100 * (low + (high - low) * (real[0] as number))) / 100;
    },
  };
}
