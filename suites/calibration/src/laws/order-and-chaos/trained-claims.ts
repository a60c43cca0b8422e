import { logSlope } from '@hyperlaw/core';
import { type Claim, type Estimate, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import type { TrainedColumn, TrainedFound } from './trainable.ts';

/**
 * The 6 of 6 ξ_c is empirical, and what can be trained depends on the number of steps, slowly (1611.01232, Figure 5): a
 * factor of 2 either way is allowed, one doubling.
 */
const DOUBLINGS = 1;

/** Proportionality has no such freedom, but thresholds that deepen with depth bend it, and so do widths not far above depths. */
const EXPONENT = 0.3;

const NAME = 'Depth up to which nets learn, in doublings of 6 ξ_c';

/**
 * Every weight variance is in one group; seeds are the units of all intervals. Where nets of all depths learn, or of none, the
 * depth is only bounded: that is a claim of its own.
 */
export function trainedClaims(found: TrainedFound): readonly Claim[] {
  const { columns, depths } = found;
  const deepest = Math.max(...depths);
  const within = columns.filter(({ limit }) => limit <= deepest);
  const ordered = columns.filter(({ chaotic }) => !chaotic);
  return [
    depthClaim(
      'ordered phase',
      within.filter(({ chaotic }) => !chaotic),
    ),
    depthClaim(
      'chaotic phase',
      within.filter(({ chaotic }) => chaotic),
    ),
    depthClaim(
      'near the critical line, where that is beyond the deepest net',
      columns.filter(({ limit }) => limit > deepest),
    ),
    exponentClaim(
      'ordered phase, as far as 6 ξ_c is within the grid',
      ordered.filter(({ limit }) => limit <= deepest),
    ),
    exponentClaim('ordered phase, all σ_w²', ordered),
    ...columns.filter((column) => !isKnown(column)).map(boundClaim),
  ];
}

const isKnown = ({ reached }: TrainedColumn): boolean =>
  reached.every(({ bound }) => bound === 'at');

const doublingsOf = ({ reached, limit }: TrainedColumn): readonly number[] =>
  reached.map(({ depth }) => Math.log2(depth / limit));

/** A statistic of the columns whose depths are known, seed by seed, with its t interval over seeds. */
function overSeeds(
  columns: readonly TrainedColumn[],
  statistic: (depths: readonly number[]) => number,
): Estimate {
  const seeds = columns[0]?.reached.length ?? 0;
  return meanInterval(
    Array.from({ length: seeds }, (_, seed) =>
      statistic(columns.map(({ reached }) => reached[seed]?.depth as number)),
    ),
  );
}

/** One digit behind the point, with a true minus. */
const signed = (value: number): string => value.toFixed(1).replace('-', '−');

const variances = (columns: readonly TrainedColumn[]): string =>
  columns.map(({ weightVariance }) => weightVariance).join(', ');

function testOf(columns: readonly TrainedColumn[], what: string): string {
  return `t interval over ${columns[0]?.reached.length ?? 0} seeds of ${what} over σ_w² = ${variances(columns)}`;
}

function depthClaim(where: string, columns: readonly TrainedColumn[]): Claim {
  const known = columns.filter(isKnown);
  const each = known.map(
    (column) => `${signed(mean(doublingsOf(column)))} at σ_w² = ${column.weightVariance}`,
  );
  return agreement({
    name: `${NAME}: ${where}`,
    predicted: 0,
    formula: '$0$: $6\\,\\xi_c$',
    measured: () => {
      if (known.length === 0)
        throw new NotMeasured('no σ_w² at which the depth is more than a bound');
      return overSeeds(known, (depths) =>
        mean(depths.map((depth, i) => Math.log2(depth / (known[i] as TrainedColumn).limit))),
      );
    },
    tolerance: DOUBLINGS,
    unit: 'doublings',
    test: testOf(known, 'the mean'),
    ...(each.length > 1 && { note: `${each.join(', ')}.` }),
  });
}

function exponentClaim(where: string, columns: readonly TrainedColumn[]): Claim {
  const known = columns.filter(isKnown);
  const limits = known.map(({ limit }) => limit);
  const claim = agreement({
    name: `Exponent of that depth in ξ_c: ${where}`,
    predicted: 1,
    measured: () => {
      if (known.length < 3)
        throw new NotMeasured('fewer than three σ_w² at which the depth is known');
      return overSeeds(known, (depths) => logSlope(limits, depths).slope);
    },
    tolerance: EXPONENT,
    test: testOf(known, 'the slope of logarithms'),
  });
  const dropped = columns.filter((column) => !isKnown(column));
  if (dropped.length === 0 || claim.verdict !== 'supported') return claim;
  const note = `Undecided: at σ_w² = ${variances(dropped)} the depth is only bounded, and is left out of the slope.`;
  return { ...claim, verdict: 'inconclusive', note };
}

/** What a column says that has only a bound in some seeds: that it contradicts, where even the bound does, or nothing. */
function boundClaim(column: TrainedColumn): Claim {
  const { reached, weightVariance } = column;
  const count = (bound: string) => reached.filter((each) => each.bound === bound).length;
  const [all, none] = [count('least'), count('most')];
  const { estimate, interval } = meanInterval(doublingsOf(column));
  const tooDeep = none === 0 && interval[0] > DOUBLINGS;
  const tooShallow = all === 0 && interval[1] < -DOUBLINGS;
  const said = [
    ...(all > 0 ? [`in ${all} of ${reached.length} seeds nets of all depths learn`] : []),
    ...(none > 0 ? [`in ${none} of ${reached.length} seeds nets of no depth learn`] : []),
  ].join(', ');
  const bound = none === 0 ? 'at least' : all === 0 ? 'at most' : 'bounded on both sides';
  return {
    ...{ name: `${NAME}, at σ_w² = ${weightVariance}: ${bound}`, task: null },
    verdict: tooDeep || tooShallow ? 'refuted' : 'inconclusive',
    ...{ effect: estimate, interval, pValue: null, predicted: '$0$: $6\\,\\xi_c$' },
    ...{ tolerance: `± ${DOUBLINGS}`, unit: 'doublings' },
    test: `t interval over ${reached.length} seeds of bounds`,
    note: `A bound: ${said}.`,
  };
}
