import {
  type Claim,
  type Estimate,
  meanInterval,
  optimumDrift,
  slopeTrend,
} from '@hyperlaw/report';
import { richnessSlopes, timeToFraction } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import { type DepthFound, isLazy, isRich, RESAMPLING } from './found.ts';

type Regime = 'lazy' | 'rich';

const regimes = ['lazy', 'rich'] as const;

const inRegime = { lazy: isLazy, rich: isRich };

const regimeText = { lazy: 'γ ≤ 0.1', rich: 'γ ≥ 30' };

// Slopes come near their limits as γ below the border and as 1/γ above it. By the scalar net that bends them by 0.05 on
// average over the ranges of the fits; the best rate also feels the horizon, of which a plateau that grows as γ^{1−2/L}
// takes up to a tenth.
const TOLERANCE = { edge: 0.1, best: 0.15, features: 0.1 };

const fraction = (layers: number, over: number): string =>
  layers % over === 0 && layers / over === 1 ? '1' : `${over}/${layers}`;

export function richnessClaims(found: readonly DepthFound[]): readonly Claim[] {
  return found.flatMap((depth) => [
    lazyEdgeClaim(depth),
    ...regimes.map((regime) => edgeClaim(depth, regime)),
    ...regimes.map((regime) => bestRateClaim(depth, regime)),
    ...regimes.map((regime) => featureClaim(depth, regime)),
    plateauClaim(depth),
  ]);
}

/** Slope of the edge and of the best rate. */
function predictedSlope(layers: number, regime: Regime) {
  const { lazy, rich } = richnessSlopes(layers);
  return regime === 'lazy'
    ? { predicted: lazy }
    : { predicted: rich, formula: layers === 2 ? '2/L = 1' : `2/L = ${fraction(layers, 2)}` };
}

function edgeClaim({ layers, edges }: DepthFound, regime: Regime): Claim {
  const own = edges.filter(({ richness }) => inRegime[regime](richness));
  return agreement({
    name: `Slope of the edge of stability, ${regimeText[regime]}, L = ${layers}`,
    ...predictedSlope(layers, regime),
    measured: slopeOver(own.map(({ richness, edges: log2 }) => ({ richness, log2 }))),
    tolerance: TOLERANCE.edge,
    test: `slope of log rate over log γ, t interval over ${own[0]?.edges.length ?? 0} nets`,
  });
}

function bestRateClaim({ layers, plane }: DepthFound, regime: Regime): Claim {
  const own = plane.filter(({ input }) => inRegime[regime](input.richness));
  const name = `Slope of the best rate, ${regimeText[regime]}, L = ${layers}`;
  const drift = optimumDrift(
    own.map(({ input }) => input.richness),
    own.map(({ points }) => points),
    RESAMPLING,
  );
  if (drift === null || drift.interval === null) throw new NotMeasured(`${name}: optima on edges`);
  const { estimate, interval, level, sizes } = drift;
  return agreement({
    name,
    ...predictedSlope(layers, regime),
    measured: { estimate, interval, level },
    tolerance: TOLERANCE.best,
    test: `slope over ${sizes.length} values of γ with an interior optimum, resampling ${own[0]?.input.seeds.length ?? 0} seeds jointly`,
  });
}

function featureClaim({ layers, courses }: DepthFound, regime: Regime): Claim {
  return agreement({
    name: `Slope of the features’ relative change, ${regimeText[regime]}, L = ${layers}`,
    ...(regime === 'lazy'
      ? { predicted: 1 }
      : {
          predicted: (layers - 1) / layers,
          formula: `(L − 1)/L = ${fraction(layers, layers - 1)}`,
        }),
    measured: courseSlope(courses, inRegime[regime], ({ course }) => course.featureChange),
    tolerance: TOLERANCE.features,
    test: `slope over γ after training, t interval over ${courses.length} nets`,
  });
}

/** The share of the target at which the loss is half its first. */
export const HALVED = 1 - Math.SQRT1_2;

function plateauClaim({ layers, courses }: DepthFound): Claim {
  const far = (richness: number) => richness >= 99;
  const values = (courses[0]?.input.cells ?? []).map(({ richness }) => richness).filter(far);
  const predicted = slopeOver(
    values.map((richness) => {
      const time = Math.log2(timeToFraction({ layers, richness, fraction: HALVED }));
      return { richness, log2: [time, time] };
    }),
  ).estimate;
  return agreement({
    name: `Slope of the plateau’s length ηT, γ ≥ 100, L = ${layers}`,
    predicted,
    formula: `${predicted.toFixed(2)}, of ${layers === 2 ? 'γ ln γ' : 'γ'}`,
    measured: courseSlope(courses, far, ({ course, input }) =>
      course.halved.map((steps, i) => steps && steps * (input.cells[i]?.learningRate ?? 0)),
    ),
    // The scalar net comes near γ (L = 3) as γ^{−1/3}, so that its own slope is off by up to 0.1 here.
    tolerance: 0.15,
    test: `slope over γ of the time to half the loss, t interval over ${courses.length} nets`,
  });
}

function lazyEdgeClaim({ layers, lazy, lazyEdge }: DepthFound): Claim {
  const ratios = (lazy[0]?.edges ?? []).map((_, s) => {
    const logs = lazy.map(
      ({ richness, edges }) => (edges[s] as number) - Math.log2(lazyEdge * richness ** 2),
    );
    return 2 ** (logs.reduce((sum, log) => sum + log, 0) / logs.length);
  });
  return agreement({
    name: `Edge of stability at γ = 0.01 over that of the infinitely wide kernel, L = ${layers}`,
    predicted: 1,
    formula: '1, of $\\eta = \\gamma^2 \\sigma_w^2 N/\\lambda_{\\max}(\\Theta)$',
    measured: meanInterval(ratios),
    // Kernels of width 128 are off by some multiple of 1/128 on average, a few for three layers; rates stand 9 % apart.
    tolerance: 0.15,
    test: `t interval over ${ratios.length} nets of width 128`,
  });
}

interface AtRichness {
  readonly richness: number;
  /** `[seed]`. */
  readonly log2: readonly number[];
}

function slopeOver(rows: readonly AtRichness[]): Estimate {
  const seeds = rows[0]?.log2.length ?? 0;
  return slopeTrend(
    rows.map(({ richness }) => Math.log2(richness)),
    Array.from({ length: seeds }, (_, s) => rows.map(({ log2 }) => log2[s] as number)),
  );
}

function courseSlope(
  courses: DepthFound['courses'],
  chosen: (richness: number) => boolean,
  valuesOf: (course: DepthFound['courses'][number]) => readonly (number | null)[],
): Estimate {
  const cells = courses[0]?.input.cells ?? [];
  return slopeOver(
    cells.flatMap(({ richness }, i) => {
      if (!chosen(richness)) return [];
      const log2 = courses.map((course) => {
        const value = valuesOf(course)[i];
        if (!value)
          throw new NotMeasured(`a course of γ = ${richness} that diverged or did not get there`);
        return Math.log2(value);
      });
      return [{ richness, log2 }];
    }),
  );
}
