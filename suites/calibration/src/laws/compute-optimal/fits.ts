import type { Evidence } from '@hyperlaw/cli';
import { parameterShare } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import type { ScalingFitsResult } from './measure.ts';
import { type Cell, cellsOf } from './plan.ts';

/** What an approach found on a planted law. */
export interface Fits extends Omit<ScalingFitsResult, 'tokensPerParameter'> {
  readonly cell: Cell;
  /** The planted exponent. */
  readonly truth: number;
  readonly tokensPerParameter: readonly number[];
}

/** What the approaches are called. */
export const approachTitles = {
  envelope: 'approach 1, envelope',
  isoflop: 'approach 2, equal compute',
  parametric: 'approach 3, the law itself',
} as const;

/** All that was fitted. Throws `NotMeasured`. */
export function readFits(evidence: Evidence): readonly Fits[] {
  return cellsOf(evidence.profile).map((cell) => {
    const results = cell.names.map((name) => resultOf<ScalingFitsResult>(evidence, name));
    return {
      cell,
      truth: parameterShare(cell.law),
      exponents: results.flatMap(({ exponents }) => exponents),
      intervals: results.flatMap(({ intervals }) => intervals),
      tokensPerParameter: results.flatMap(({ tokensPerParameter }) => tokensPerParameter ?? []),
    };
  });
}

/** Whether an interval holds the planted exponent; one that could not be determined does not. */
export const covers = ({ truth }: Fits, interval: Fits['intervals'][number]): boolean =>
  interval !== null && interval[0] <= truth && truth <= interval[1];
