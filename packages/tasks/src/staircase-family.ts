import { staircase } from './hermite-terms.ts';
import type { FiniteLaw } from './task-law.ts';

/** A parameter of a family of tasks, with the levels that it takes. */
export interface FamilyAxis<Name extends string = string> {
  readonly name: Name;
  /** For pages; may hold `$TeX$`. */
  readonly title: string;
  readonly levels: readonly number[];
}

/** Noisy staircases learnt from few samples: the parameters of one task. */
export interface StaircaseParameters {
  /** Size of the training set. */
  readonly samples: number;
  /** Standard deviation of label noise, in units of the clean target's. */
  readonly noise: number;
  readonly inputDim: number;
  /** Leap of the target: a staircase of two steps, so leap × 2 hidden directions (2302.11055). */
  readonly leap: number;
  /** Exponent of the input's spectrum. */
  readonly capacity: number;
  /** Exponent of the target's spectrum: how little of it is the second step. */
  readonly source: number;
}

/** Steps of every staircase of the family. */
const STEPS = 2;

/**
 * The family that counterexamples are looked for in: whatever may decide how much capacity a task rewards or
 * punishes, from clean labels to labels drowned in noise, from a few samples a dimension to hundreds. Labels are noisy
 * in training alone, so that what is held out is the excess risk, and no noise floor hides a harm.
 */
export const staircaseAxes: readonly FamilyAxis<keyof StaircaseParameters>[] = [
  { name: 'samples', title: 'samples n', levels: [32, 64, 128, 256, 512, 1024, 2048, 4096] },
  { name: 'noise', title: 'noise σ', levels: [0, 0.25, 0.5, 1, 2] },
  { name: 'inputDim', title: 'dimension d', levels: [4, 8, 16, 32] },
  { name: 'leap', title: 'leap', levels: [1, 2] },
  { name: 'capacity', title: 'input exponent α', levels: [0, 0.5, 1, 1.5, 2] },
  { name: 'source', title: 'target exponent β', levels: [0, 1, 2, 4] },
];

/** The law of a task of the family; `instance` draws its directions and its training set. */
export function staircaseLaw(
  { samples, noise, inputDim, leap, capacity, source }: StaircaseParameters,
  instance: number,
): FiniteLaw {
  const terms = staircase({ leap, steps: STEPS });
  return {
    kind: 'finite',
    of: { kind: 'multi-index', inputDim, terms, capacity, source, noise, instance },
    samples,
    heldOut: 'clean',
  };
}

/** A task of the family in a few words. */
export function staircaseTitle(parameters: StaircaseParameters): string {
  const { samples, noise, inputDim, leap, capacity, source } = parameters;
  return `leap ${leap}, d=${inputDim}, n=${samples}, σ=${noise}, α=${capacity}, β=${source}`;
}
