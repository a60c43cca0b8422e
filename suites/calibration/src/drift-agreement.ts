import {
  type Claim,
  type Drift,
  type Estimate,
  optimumDrift,
  type SweepPoint,
} from '@hyperlaw/report';
import { type Agreement, agreement } from './agreement.ts';
import { NotMeasured } from './law.ts';
import { measuredOr, notMeasured } from './not-measured.ts';

/** Sweeps of a knob at several sizes, whose optima may move. */
export interface Drifting {
  readonly sizes: readonly number[];
  readonly sweeps: readonly (readonly SweepPoint[])[];
  readonly resampling: { readonly seed: number; readonly resamples: number };
  /** What the sizes are, for instance `widths`. */
  readonly of: string;
  /** What is resampled; default `seeds`. */
  readonly units?: string;
}

/** The drift over all sizes whose optimum is interior. Throws `NotMeasured` where fewer than two are. */
export function driftOf({
  sizes,
  sweeps,
  resampling,
}: Omit<Drifting, 'of' | 'units'>): Drift & Estimate {
  const drift = optimumDrift(sizes, sweeps, resampling);
  if (drift === null) throw new NotMeasured('optima on the edge of their ranges');
  const { interval } = drift;
  if (interval === null) throw new NotMeasured('one seed alone');
  return { ...drift, interval };
}

/**
 * Lays a drift beside its prediction. Sizes whose optimum stands on the edge of its range cannot enter; they might have
 * told otherwise, so the claim names them and stays undecided.
 */
export function driftAgreement(
  drifting: Drifting,
  claim: Omit<Agreement, 'measured' | 'test'>,
): Claim {
  return driftClaim(drifting, claim, (measured) =>
    agreement({ ...claim, measured, test: testOf(drifting) }),
  );
}

/** Claims that optima fall, by whatever power: that the whole interval of their drift lies below 0. */
export function driftBelowZero(
  drifting: Drifting,
  { name, unit }: Pick<Agreement, 'name' | 'unit'>,
): Claim {
  const predicted = 0;
  const formula = '< 0';
  return driftClaim(drifting, { name, predicted, formula }, ({ estimate, interval }) => ({
    ...{ name, task: null, effect: estimate, interval, pValue: null, predicted: formula },
    verdict: interval[1] < 0 ? 'supported' : interval[0] > 0 ? 'refuted' : 'inconclusive',
    test: testOf(drifting),
    tolerance: 'interval excludes 0',
    ...(unit !== undefined && { unit }),
  }));
}

function driftClaim(
  drifting: Drifting,
  {
    name,
    predicted,
    formula = String(predicted),
  }: Pick<Agreement, 'name' | 'predicted' | 'formula'>,
  claimOf: (drift: Drift & Estimate) => Claim,
): Claim {
  const { sizes, of } = drifting;
  return measuredOr(
    () => {
      const drift = driftOf(drifting);
      const claim = claimOf(drift);
      const dropped = sizes.filter((size) => !drift.sizes.includes(size));
      if (dropped.length === 0) return claim;
      const said = `Undecided: at ${of} ${dropped.join(', ')} the optimum stands on the edge of its range, and is left out of the slope.`;
      const note = claim.note === undefined ? said : `${said} ${claim.note}`;
      return { ...claim, verdict: 'inconclusive', note };
    },
    (reason) => notMeasured(name, reason, { predicted: formula }),
  );
}

function testOf({ sizes, sweeps, of, units = 'seeds' }: Drifting): string {
  const count = Math.max(0, ...sweeps.flatMap((sweep) => sweep.map(({ losses }) => losses.length)));
  return `slope of best rates over ${sizes.length} ${of}, resampling ${count} ${units} jointly`;
}
