import type { Claim, Estimate } from '@hyperlaw/report';
import { measuredOr, notMeasured } from './not-measured.ts';

/** A prediction, what was measured, and how far the two may be apart. */
export interface Agreement {
  readonly name: string;
  /** The number that theory gives. */
  readonly predicted: number;
  /** How the page writes it, where that is more than a number: `$2/L = 0.67$`. */
  readonly formula?: string;
  /** As a function, it may throw `NotMeasured`: the claim then says that it was not measured, and why. */
  readonly measured: Estimate | (() => Estimate);
  /**
   * Half the width of the range in which the measurement counts as the prediction: from theory and precision, for a reason
   * that quotes no result, and before the seeds shown.
   */
  readonly tolerance: number;
  readonly unit?: string;
  /** How the interval was made, in words. */
  readonly test: string;
  readonly note?: string;
  readonly task?: string;
}

/**
 * Lays a measurement beside its prediction. The claim is `supported` where the whole interval lies within the tolerance
 * of the prediction (two one-sided tests for equivalence), `refuted` where none of it does, `inconclusive` between: an
 * interval that is wide enough to hold anything supports nothing.
 */
export function agreement({ measured, ...claim }: Agreement): Claim {
  if (typeof measured !== 'function') return judged(claim, measured);
  const { name, predicted, formula, task = null } = claim;
  return measuredOr(
    () => judged(claim, measured()),
    (reason) => notMeasured(name, reason, { predicted: formula ?? predicted, task }),
  );
}

function judged(
  { name, predicted, formula, tolerance, unit, test, note, task }: Omit<Agreement, 'measured'>,
  { estimate, interval }: Estimate,
): Claim {
  const [low, high] = interval;
  const [least, most] = [predicted - tolerance, predicted + tolerance];
  const inside = low >= least && high <= most;
  const outside = low > most || high < least;
  return {
    name,
    task: task ?? null,
    verdict: inside ? 'supported' : outside ? 'refuted' : 'inconclusive',
    effect: estimate,
    interval,
    test,
    pValue: null,
    predicted: formula ?? predicted,
    tolerance: `± ${Number(tolerance.toPrecision(3))}`,
    ...(unit !== undefined && { unit }),
    ...(note !== undefined && { note }),
  };
}
