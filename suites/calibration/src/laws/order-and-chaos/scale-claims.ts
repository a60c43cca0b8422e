import type { Evidence } from '@hyperlaw/cli';
import { bootstrapInterval, type Claim, type Estimate, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import { addedRate, multipliedRate } from './decay.ts';
import { bothPhases, type Decay, decaysOf, LAST, type Phase } from './scale-nets.ts';

/** What was measured at one weight variance. */
export interface Scale extends Pick<Decay, 'weightVariance' | 'predicted' | 'phase'> {
  /** ξ_c in layers. */
  readonly measured: Estimate;
}

export interface ScalesFound {
  readonly scales: readonly Scale[];
  readonly claims: readonly Claim[];
}

const rateOf: Readonly<Record<Phase, typeof addedRate>> = {
  ordered: multipliedRate,
  chaotic: addedRate,
};

/** Depth scales with bootstrap intervals over nets, and the claims about them. */
export function scalesFound(evidence: Evidence): ScalesFound {
  const found = bothPhases.map((phase) => ({ phase, decays: decaysOf(evidence, phase) }));
  return {
    scales: found.flatMap(({ decays }) => decays.map(scaleOf)),
    claims: [
      ...found.flatMap(({ phase, decays }) => rateClaims(phase, decays)),
      ...found
        .filter(({ phase }) => phase === 'chaotic')
        .map(({ decays }) => correlationClaim(decays)),
    ],
  };
}

function scaleOf(decay: Decay): Scale {
  const { weightVariance, predicted, phase, differences } = decay;
  const rate = bootstrapInterval(netsOf(decay), (nets) => rateOf[phase](differences, nets), {
    seed: 61,
    resamples: 500,
  });
  const [low, high] = rate.interval;
  const interval = [1 / high, low > 0 ? 1 / low : 1e4] as const;
  return {
    ...{ weightVariance, predicted, phase },
    measured: { estimate: 1 / rate.estimate, interval, level: rate.level },
  };
}

const netsOf = ({ differences }: Decay): readonly number[] => differences.map((_, net) => net);

/**
 * Tolerance: a net of width N shifts the slope of the correlation map by order 1/N, and so the rate by order ξ_c/N of
 * itself, 3 % at ξ_c = 27 and N = 1024; and the curvature of the map, at a distance of 0.2 (1 − c*) from its fixed point,
 * makes chaotic rates 1 % lower (mean-field recursion). Together 5 %.
 */
const RATE_TOLERANCE = 0.05;

/**
 * Rates over their formula, σ_w² by σ_w²: their mean, whether they change with ξ_c, and the one nearest the critical line,
 * which a mean might hide.
 */
function rateClaims(phase: Phase, decays: readonly Decay[]): readonly Claim[] {
  const scales = decays.map(({ predicted }) => predicted);
  const nearest = scales.indexOf(Math.max(...scales));
  const { weightVariance } = decays[nearest] as Decay;
  const range = Math.log2(Math.max(...scales) / Math.min(...scales));
  const variances = decays.map((decay) => decay.weightVariance).join(', ');
  const nets = netsOf(decays[0] as Decay);
  const measured = (statistic: (ratios: readonly number[]) => number) =>
    bootstrapInterval(
      nets,
      (chosen) =>
        statistic(
          decays.map(
            ({ differences, predicted }) => rateOf[phase](differences, chosen) * predicted,
          ),
        ),
      { seed: 62, resamples: 500 },
    );
  const name = 'Rate 1/ξ_c at which correlations settle, over its formula';
  return [
    agreement({
      name: `${name}: ${phase} phase`,
      predicted: 1,
      formula:
        '$1$, with $\\xi_c^{-1} = -\\ln[\\sigma_w^2\\,\\mathrm E\\,\\varphi^\\prime(u_1)\\varphi^\\prime(u_2)]$',
      measured: measured(mean),
      tolerance: RATE_TOLERANCE,
      test: `bootstrap over ${nets.length} nets of the mean ratio over σ_w² = ${variances}`,
    }),
    agreement({
      name: `${name}, its change with a doubling of ξ_c: ${phase} phase`,
      predicted: 0,
      measured: () => {
        if (decays.length < 3) throw new NotMeasured('fewer than three σ_w²');
        return measured((ratios) => slopeOf(scales.map(Math.log2), ratios));
      },
      // The same error, all of it at one end of the range.
      tolerance: RATE_TOLERANCE / Math.max(1, range),
      test: `bootstrap over ${nets.length} nets of the slope over σ_w² = ${variances}`,
    }),
    agreement({
      name: `${name}, nearest the critical line, σ_w² = ${weightVariance}: ${phase} phase`,
      predicted: 1,
      measured: measured((ratios) => ratios[nearest] as number),
      tolerance: RATE_TOLERANCE,
      test: `bootstrap over ${nets.length} nets`,
    }),
  ];
}

/** Slope of the line of least squares. */
function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const centre = mean(xs);
  const weights = xs.map((x) => x - centre);
  const top = weights.reduce((sum, weight, i) => sum + weight * (ys[i] as number), 0);
  return top / weights.reduce((sum, weight) => sum + weight ** 2, 0);
}

/** Tolerance: fluctuations of order 1/N a layer, kept for ξ_c layers, bend the mean by order ξ_c/N, here 1 to 2 %. */
function correlationClaim(decays: readonly Decay[]): Claim {
  const sample = netsOf(decays[0] as Decay).map((net) =>
    mean(decays.map(({ departures }) => departures[net] as number)),
  );
  return agreement({
    name: 'Correlation of deep layers less the fixed point c*, chaotic phase',
    predicted: 0,
    measured: meanInterval(sample),
    tolerance: 0.02,
    test: `t interval over ${sample.length} nets, last ${LAST} of their layers`,
  });
}
