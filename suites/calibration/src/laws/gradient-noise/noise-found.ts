import type { Evidence } from '@hyperlaw/cli';
import {
  bootstrapInterval,
  bootstrapStratified,
  type Claim,
  type Figure,
  lawChart,
} from '@hyperlaw/report';
import { mean, simpleNoiseScale, twoBatchMoments } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { NoiseScaleInput, NoiseScaleResult } from './noise-scale.ts';
import { noiseScaleCells } from './plan.ts';
import type { Sizes } from './sizes.ts';

type Pair = readonly [small: number, big: number];

/** Squared norms of one problem's gradients, group by group. */
interface NoiseCell {
  readonly input: NoiseScaleInput;
  readonly groups: readonly Pair[];
}

export function readNoise(evidence: Evidence, sizes: Sizes): readonly NoiseCell[] {
  return noiseScaleCells(sizes).map(({ name, input }) => {
    const { small, big } = resultOf<NoiseScaleResult>(evidence, name);
    return { input, groups: small.map((value, i) => [value, big[i] as number] as const) };
  });
}

/** d + 1 + σ²d/|Δ|² at |Δ| = 1. */
const exactScale = (inputDim: number, variance: number): number =>
  inputDim + 1 + variance * inputDim;

/** Norms are averaged before the quotient, which would be biased over single groups. */
function estimated({ small, big }: NoiseScaleInput, groups: readonly Pair[]): number {
  const at = (batchSize: number, which: 0 | 1) => ({
    batchSize,
    squaredNorm: mean(groups.map((pair) => pair[which])),
  });
  return simpleNoiseScale(twoBatchMoments(at(small.batch, 0), at(big.batch, 1)));
}

export function noiseClaim(cells: readonly NoiseCell[]): Claim {
  const logRatio = ({ input }: NoiseCell, groups: readonly Pair[]) =>
    Math.log(estimated(input, groups) / exactScale(input.inputDim, input.noise ** 2));
  const { estimate, interval, level } = bootstrapStratified(
    cells.map(({ groups }) => groups),
    (strata) => mean(cells.map((cell, i) => logRatio(cell, strata[i] as readonly Pair[]))),
    { seed: 71, resamples: 500 },
  );
  return agreement({
    name: 'B_simple from gradients at two batch sizes, over its exact value',
    predicted: 1,
    formula: '1, of $d + 1 + \\sigma^2 d/|\\Delta|^2$',
    measured: {
      estimate: Math.exp(estimate),
      interval: [Math.exp(interval[0]), Math.exp(interval[1])],
      level,
    },
    // The estimator is exact but for sampling. Half of what leaving out the 1 would do to this mean, 0.06.
    tolerance: 0.03,
    test: `geometric mean over ${cells.length} problems, BCa bootstrap over groups of batches`,
  });
}

export function noiseFigure(cells: readonly NoiseCell[]): Figure {
  const dims = [...new Set(cells.map(({ input }) => input.inputDim))];
  const most = Math.max(...cells.map(({ input }) => input.noise ** 2));
  return {
    id: 'gradient-noise-scale',
    title: 'The noise scale of linear regression, measured from two batch sizes',
    caption:
      '$B_\\text{simple}$ against the label noise over the squared residual, by dimension. *Look for* the offset at zero noise, $d + 1$ and not $d$: gradients of a linear model are noisy even when labels are not.',
    chart: lawChart({
      x: { title: 'label noise over residual, σ²/|Δ|²' },
      y: { title: 'noise scale B_simple', unit: 'examples', scale: 'log2' },
      series: { title: 'dimension d' },
      theory: dims.map((d) => ({
        label: 'd + 1 + σ²d/|Δ|²',
        series: d,
        points: Array.from({ length: 41 }, (_, i) => {
          const x = (most * i) / 40;
          return [x, exactScale(d, x)] as const;
        }),
      })),
      measured: cells.map(({ input, groups }, i) => {
        const { estimate, interval } = bootstrapInterval(
          groups,
          (sample) => estimated(input, sample),
          { seed: 710 + i, resamples: 500 },
        );
        return {
          series: input.inputDim,
          x: input.noise ** 2,
          y: estimate,
          low: interval[0],
          high: interval[1],
        };
      }),
    }),
  };
}
