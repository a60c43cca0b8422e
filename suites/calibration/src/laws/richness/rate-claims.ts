import { type Claim, meanInterval } from '@hyperlaw/report';
import { mean, richnessSlopes, stableRate } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { driftAgreement } from '../../drift-agreement.ts';
import { NotMeasured } from '../../law.ts';
import { type DepthEdges, type PlaneFound, RESAMPLING } from './found.ts';
import { EDGE_DENSITY } from './plan.ts';
import {
  beyondGrid,
  inRegime,
  type Regime,
  regimes,
  regimeText,
  slopeOf,
  slopeOver,
  spreadOf,
} from './slopes.ts';

// Predictions are slopes of the scalar net's edge over the same values of γ. Its target is 1, a net's of that order: a
// factor of three in it moves these slopes by up to 0.04.
const TOLERANCE = 0.05;

/** The scalar net's slope over the values, beside its limit. */
function predictedSlope(layers: number, regime: Regime, values: readonly number[]) {
  const predicted = slopeOf(values, (richness) => stableRate({ layers, richness }));
  const limit = richnessSlopes(layers)[regime];
  const name = regime === 'lazy' ? '2' : `2/L = ${Number(limit.toFixed(2))}`;
  return { predicted, formula: `${predicted.toFixed(2)}, towards ${name}` };
}

export function edgeClaims(found: readonly DepthEdges[]): readonly Claim[] {
  return found.flatMap((depth) => [
    lazyEdgeClaim(depth),
    ...regimes.map((regime) => edgeClaim(depth, regime)),
  ]);
}

function edgeClaim({ layers, edges }: DepthEdges, regime: Regime): Claim {
  const own = edges.filter(({ richness }) => inRegime[regime](richness));
  const values = own.map(({ richness }) => richness);
  return agreement({
    name: `Slope of the largest rate stable within ${own[0]?.steps} steps, ${regimeText[regime]}, L = ${layers}`,
    ...predictedSlope(layers, regime, values),
    measured: () =>
      beyondGrid(slopeOver(own.map(({ richness, edges: log2 }) => ({ richness, log2 }))), {
        ...{ step: 1 / EDGE_DENSITY, spread: spreadOf(values) },
      }),
    tolerance: TOLERANCE,
    test: `slope of log rate over log γ, t interval over ${own[0]?.edges.length ?? 0} nets, with the rounding of rates 1/${EDGE_DENSITY} octave apart`,
  });
}

function lazyEdgeClaim({ layers, lazy, lazyEdge }: DepthEdges): Claim {
  const nets = lazy[0]?.edges.length ?? 0;
  return agreement({
    name: `Largest rate stable within ${lazy[0]?.steps} steps at γ = 0.01 over the edge of the infinitely wide kernel, L = ${layers}`,
    predicted: 1,
    formula: '1, of $\\eta = \\gamma^2 \\sigma_w^2 N/\\lambda_{\\max}(\\Theta)$',
    measured: () => {
      const logs = Array.from({ length: nets }, (_, s) => {
        const each = lazy.map(({ richness, edges }) => {
          const edge = edges[s] ?? null;
          if (edge === null) throw new NotMeasured('an edge beyond the rates');
          return edge - Math.log2(lazyEdge * richness ** 2);
        });
        return mean(each);
      });
      const { estimate, interval, level } = beyondGrid(meanInterval(logs), {
        ...{ step: 1 / EDGE_DENSITY, spread: Math.sqrt(lazy.length) },
      });
      return { estimate: 2 ** estimate, interval: [2 ** interval[0], 2 ** interval[1]], level };
    },
    // Kernels of width 128 are off by some multiple of 1/128 on average, a few for three layers; and 60 steps see growth by
    // more than 1/60 a step alone, so that the edge may come out that much too high.
    tolerance: 0.15,
    test: `t interval of the logarithm over ${nets} nets of width 128, with the rounding of rates 1/${EDGE_DENSITY} octave apart`,
  });
}

export function bestRateClaims(found: readonly PlaneFound[]): readonly Claim[] {
  return found.flatMap(({ layers, plane }) =>
    regimes.map((regime) => {
      const own = plane.filter(({ input }) => inRegime[regime](input.richness));
      const sizes = own.map(({ input }) => input.richness);
      const sweeps = own.map(({ points }) => points);
      return driftAgreement(
        { sizes, sweeps, resampling: RESAMPLING, of: 'values of γ' },
        {
          name: `Slope of the best rate, ${regimeText[regime]}, L = ${layers}`,
          ...predictedSlope(layers, regime, sizes),
          tolerance: TOLERANCE,
        },
      );
    }),
  );
}
