import type { Evidence } from '@hyperlaw/cli';
import { logSlope } from '@hyperlaw/core';
import { type Claim, type Estimate, meanInterval, type RichText } from '@hyperlaw/report';
import { studentCritical } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { type TrainedColumn, type TrainedFound, trainedOn } from './trainable.ts';

/**
 * The 6 of 6 ξ_c is empirical, and what can be trained depends on the number of steps, slowly (1611.01232, Figure 5): a
 * factor of 2 either way is allowed, one doubling. Proportionality has no such freedom, but widths of the order of the
 * deepest nets and thresholds that deepen with depth bend it: 0.3. Only limits that nets of this grid could reach enter.
 */
export function trainedClaims(found: TrainedFound): readonly Claim[] {
  const used = usable(found);
  const phases = [
    { phase: 'ordered', own: used.filter(({ chaotic }) => !chaotic) },
    { phase: 'chaotic', own: used.filter(({ chaotic }) => chaotic) },
  ];
  const [ordered] = phases as [(typeof phases)[number]];
  return [
    ...phases.flatMap(({ phase, own }) =>
      own.length < 2
        ? []
        : [
            agreement({
              name: `Depth up to which nets learn, in doublings of 6 ξ_c: ${phase} phase`,
              predicted: 0,
              formula: '$0$: $6\\,\\xi_c$',
              measured: meanInterval(own.map(({ reached, limit }) => Math.log2(reached / limit))),
              tolerance: 1,
              unit: 'doublings',
              test: `t interval over σ_w² = ${own.map((each) => each.weightVariance).join(', ')}`,
            }),
          ],
    ),
    ...(ordered.own.length < 3
      ? []
      : [
          agreement({
            name: 'Exponent of that depth in ξ_c: ordered phase',
            predicted: 1,
            measured: slopeEstimate(
              ordered.own.map(({ limit }) => limit),
              ordered.own.map(({ reached }) => reached),
            ),
            tolerance: 0.3,
            test: 't interval of the slope of logarithms over σ_w²',
          }),
        ]),
  ];
}

/** The slope between logarithms of positive numbers, with its t interval. */
function slopeEstimate(xs: readonly number[], ys: readonly number[]): Estimate {
  const { slope, standardError } = logSlope(xs, ys);
  const half = studentCritical(0.95, xs.length - 2) * standardError;
  return { estimate: slope, interval: [slope - half, slope + half], level: 0.95 };
}

interface Reached extends TrainedColumn {
  readonly reached: number;
}

/** Weight variances at which a net of the grid could reach 6 ξ_c, and some did not learn. */
function usable({ columns, depths }: TrainedFound): readonly Reached[] {
  return columns.flatMap((column) =>
    column.reached === null || column.limit > Math.max(...depths)
      ? []
      : [{ ...column, reached: column.reached }],
  );
}

/** What was trained, and what was found. */
export function trainedText(evidence: Evidence, found: TrainedFound): RichText {
  const chaotic = usable(found).filter((column) => column.chaotic);
  const factor = (limit: (column: Reached) => number): string => {
    const logs = chaotic.map((column) => Math.log(column.reached / limit(column)));
    return Math.exp(logs.reduce((sum, x) => sum + x, 0) / logs.length).toFixed(2);
  };
  const seen =
    chaotic.length === 0
      ? ''
      : ` In the chaotic phase nets reach ${factor(({ limit }) => limit)} times $6\\,\\xi_c$ but ${factor(({ gradientLimit }) => gradientLimit)} times $6\\,|\\xi_\\nabla|$, the dashed line: gradients, which explode there over fewer layers than correlations settle in, stop them first. In a pilot on another task ten times as many steps moved that limit up by half or more, towards $6\\,\\xi_c$.`;
  return `Trained nets start from the same variances in every layer and see ${trainedOn(evidence)}, for ${found.steps} steps of plain SGD. In the ordered phase both scales are the same.${seen} Near the critical line the width of the nets is the limit.`;
}
