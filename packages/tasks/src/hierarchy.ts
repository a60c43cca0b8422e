import { type Checks, checkLaw, instanceCheck, integer, wordOr } from './check.ts';
import { onlineTask, targetStream } from './online-task.ts';
import { permutation } from './permutation.ts';
import type { Task } from './task.ts';

/**
 * The random hierarchy model of Cagnetta, Petrini, Tomasini, Favero and Wyart (2307.02129): a class
 * is written out, level by level, into ever longer strings of symbols.
 *
 * - Input: the `branching^levels` symbols at the bottom, each as a one-hot vector centred and scaled
 *   to mean 0 and variance 1 under uniform symbols, or as one of `symbols` fixed Gaussian codes of
 *   `code` dimensions; one after the other.
 * - Target: the class, uniform over `classes`. Each class, and at each level each of the `symbols`
 *   symbols, has `synonyms` productions: tuples of `branching` symbols of the level below, drawn by
 *   `instance` without repetition within a level, so that every string has one class only. An example
 *   chooses a class and then productions uniformly.
 * - Noise: none.
 * - Best loss: 0.
 *
 * There are classes × synonyms^((branching^levels − 1)/(branching − 1)) different strings: in small
 * models the fresh test examples will repeat training examples.
 */
export interface HierarchyLaw {
  readonly kind: 'hierarchy';
  readonly symbols: number;
  readonly synonyms: number;
  readonly branching: number;
  readonly levels: number;
  readonly classes: number;
  /** How a symbol becomes numbers: one-hot, or a random code of so many dimensions. */
  readonly code: 'one-hot' | number;
  readonly instance: number;
}

const checks: Checks<HierarchyLaw> = {
  symbols: integer(2, 4096),
  synonyms: integer(1, 65536),
  branching: integer(2, 16),
  levels: integer(1, 16),
  classes: integer(2, 4096),
  code: wordOr('one-hot', integer(1, 4096)),
  instance: instanceCheck,
};

/** Production `r` of left-hand symbol `a` at a level is row a × synonyms + r, `branching` symbols long. */
type Productions = Int32Array;

/** The productions of every level, the classes' first. */
export function hierarchyProductions(law: HierarchyLaw): Productions[] {
  const { symbols, synonyms, branching, levels, classes, instance } = law;
  return Array.from({ length: levels }, (_, level) => {
    const rows = (level === 0 ? classes : symbols) * synonyms;
    const tuple = permutation(symbols ** branching, ['hierarchy', instance, level]);
    const productions = new Int32Array(rows * branching);
    for (let row = 0; row < rows; row++) {
      let rest = tuple(row);
      for (let i = branching - 1; i >= 0; i--) {
        productions[row * branching + i] = rest % symbols;
        rest = Math.floor(rest / symbols);
      }
    }
    return productions;
  });
}

/** The task of a random hierarchy; throws for a parameter out of range or more rules than tuples. */
export function hierarchyTask(law: HierarchyLaw, name: string): Task {
  checkLaw(law, checks);
  checkSizes(law);
  const { synonyms, branching, levels, classes } = law;
  const productions = hierarchyProductions(law);
  const codes = symbolCodes(law);
  const codeDim = codes.length / law.symbols;
  const length = branching ** levels;
  const inputDim = length * codeDim;
  const choices = (length - 1) / (branching - 1);
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'classes', count: classes },
    bestLoss: 0,
    sampler(streams) {
      const labels = streams('label');
      const rules = streams('data');
      let chosen = new Int32Array(0);
      let above = new Int32Array(length);
      let below = new Int32Array(length);
      return (first, batch, x, y) => {
        if (chosen.length !== batch * choices) chosen = new Int32Array(batch * choices);
        rules.fillIntegers(first * choices, synonyms, chosen);
        if (y instanceof Int32Array) labels.fillIntegers(first, classes, y);
        for (let e = 0, next = 0; e < batch; e++) {
          above[0] = y[e] as number;
          for (let level = 0, count = 1; level < levels; level++, count *= branching) {
            const table = productions[level] as Productions;
            for (let node = 0; node < count; node++, next++) {
              const row = (above[node] as number) * synonyms + (chosen[next] as number);
              for (let i = 0; i < branching; i++) {
                below[node * branching + i] = table[row * branching + i] as number;
              }
            }
            [above, below] = [below, above];
          }
          for (let leaf = 0; leaf < length; leaf++) {
            const from = (above[leaf] as number) * codeDim;
            const to = e * inputDim + leaf * codeDim;
            for (let i = 0; i < codeDim; i++) x[to + i] = codes[from + i] as number;
          }
        }
      };
    },
  });
}

function checkSizes({ symbols, synonyms, branching, levels, classes, code }: HierarchyLaw): void {
  const tuples = symbols ** branching;
  if (tuples > 2 ** 30) {
    throw new Error(`unknown symbols: ${symbols} (symbols^branching at most ${2 ** 30})`);
  }
  const most = Math.floor(tuples / Math.max(levels > 1 ? symbols : 0, classes));
  if (synonyms > most) {
    throw new Error(
      `unknown synonyms: ${synonyms} (at most ${most}: every production of a level needs its own tuple)`,
    );
  }
  const inputDim = branching ** levels * (code === 'one-hot' ? symbols : code);
  if (inputDim > 65536) {
    throw new Error(`unknown levels: ${levels} (an input dim of at most 65536, not ${inputDim})`);
  }
}

/** `[symbols, codeDim]`. */
function symbolCodes(law: HierarchyLaw): Float32Array {
  const { symbols, code } = law;
  if (code !== 'one-hot') {
    const codes = new Float32Array(symbols * code);
    targetStream(law, 'codes').fillNormal(0, codes);
    return codes;
  }
  const scale = symbols / Math.sqrt(symbols - 1);
  return Float32Array.from(
    { length: symbols ** 2 },
    (_, i) => scale * ((i % (symbols + 1) === 0 ? 1 : 0) - 1 / symbols),
  );
}
