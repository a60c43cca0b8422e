import type { Claim, Estimate } from '@hyperlaw/report';

/** A prediction, what was measured, and how far the two may be apart. */
export interface Agreement {
  readonly name: string;
  /** The number that theory gives. */
  readonly predicted: number;
  /** How the page writes it, where that is more than a number: `$2/L = 0.67$`. */
  readonly formula?: string;
  readonly measured: Estimate;
  /** Half the width of the range in which the measurement counts as the prediction, written down before the data. */
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
export function agreement({
  name,
  predicted,
  formula,
  measured,
  tolerance,
  unit,
  test,
  note,
  task,
}: Agreement): Claim {
  const { estimate, interval } = measured;
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
