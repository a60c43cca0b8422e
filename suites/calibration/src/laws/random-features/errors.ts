import type { Evidence } from '@hyperlaw/cli';
import {
  type KernelTask,
  mean,
  optimalRidge,
  type RandomFeatureErrors,
  randomFeatureErrors,
} from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import type { RandomFeaturesResult } from './measure.ts';
import { type Cell, cellsOf } from './plan.ts';
import { type Ridge, ridgeOf } from './ridges.ts';
import { taskOf } from './spectra.ts';

/** Errors `[draw, size, ridge]` of a cell's experiments together, beside what is expected. */
export interface Errors extends RandomFeaturesResult {
  readonly cell: Cell;
  readonly task: KernelTask;
  /** `[size, ridge]`. */
  readonly expected: readonly (readonly RandomFeatureErrors[])[];
}

/** Errors that the eigenframework gives. */
export function expectedErrors(
  task: KernelTask,
  [samples, features]: readonly [number, number],
  ridge: Ridge,
): RandomFeatureErrors {
  const sizes = { samples, features };
  return ridge === 'optimal'
    ? optimalRidge(task, sizes)
    : randomFeatureErrors(task, { ...sizes, ridge: ridgeOf(ridge, task, sizes) });
}

/** What was measured in cells of a kind. Throws `NotMeasured`. */
export function readErrors(evidence: Evidence, kind: Cell['kind']): readonly Errors[] {
  const cells = cellsOf(evidence.profile).filter((cell) => cell.kind === kind);
  return cells.map((cell) => {
    const results = cell.names.map((name) => resultOf<RandomFeaturesResult>(evidence, name));
    const task = taskOf(cell.input.spectrum);
    return {
      cell,
      task,
      test: results.flatMap(({ test }) => test),
      train: results.flatMap(({ train }) => train),
      expected: cell.input.sizes.map((size) =>
        cell.input.ridges.map((ridge) => expectedErrors(task, size, ridge)),
      ),
    };
  });
}

/** Test errors of some draws, their mean for every size at one ridge. */
export const meanErrors = (draws: RandomFeaturesResult['test'], ridge: number): readonly number[] =>
  (draws[0] ?? []).map((_, size) => mean(draws.map((draw) => draw[size]?.[ridge] as number)));
