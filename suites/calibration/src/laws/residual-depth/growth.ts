import type { Evidence, Profile } from '@hyperlaw/cli';
import type { DepthRule } from '@hyperlaw/core';
import {
  bootstrapInterval,
  type Claim,
  type Figure,
  lawChart,
  meanInterval,
} from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { mean, streamGrowth } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import { exponents, GAIN, titles } from './nets.ts';
import type { StreamSizes, StreamSizesInput } from './stream-sizes.ts';

type Grown = Extract<DepthRule, 'none' | 'sqrt' | 'completep'>;

const grownRules: readonly Grown[] = ['none', 'sqrt', 'completep'];

interface Sizes {
  readonly width: number;
  readonly nets: number;
  readonly depths: Readonly<Record<Grown, readonly number[]>>;
}

const grids: Readonly<Record<Profile, Sizes>> = {
  smoke: { width: 32, nets: 8, depths: { none: [2, 4], sqrt: [4, 8], completep: [4, 8] } },
  standard: {
    width: 128,
    nets: 64,
    depths: { none: [2, 4, 8, 16], sqrt: [4, 8, 16, 32, 64], completep: [4, 8, 16, 32, 64] },
  },
  full: {
    width: 512,
    nets: 128,
    depths: { none: [2, 4, 8, 16], sqrt: [4, 16, 64, 256], completep: [4, 16, 64, 256] },
  },
};

const inputsOf = (profile: Profile): readonly StreamSizesInput[] =>
  grownRules.flatMap((rule, r) => {
    const { width, nets, depths } = grids[profile];
    return depths[rule].map((depth) => ({
      ...{
        rule,
        width,
        depth,
        inputs: 4,
        nets,
        atATime: 4,
        seed: 90_000 + 10_000 * r + 100 * depth,
      },
    }));
  });

const nameOf = ({ rule, depth }: StreamSizesInput): string =>
  `residual-depth stream ${rule} ${depth}`;

/** One experiment for every rule and depth, of nets at initialization. */
export const planGrowth = (profile: Profile): readonly Experiment[] =>
  inputsOf(profile).map((input) => ({
    name: nameOf(input),
    kind: 'streamSizes',
    input,
    data: [],
    version: 1,
    cost: 0.05 + 2e-8 * input.nets * input.depth * input.width ** 2,
  }));

/** A measured growth of the stream beside its exact mean. */
export interface Growth extends StreamSizesInput, StreamSizes {
  readonly predicted: number;
}

/** Every rule and depth; throws `NotMeasured` where an experiment failed. */
export const growthsOf = (evidence: Evidence): readonly Growth[] =>
  inputsOf(evidence.profile).map((input) => ({
    ...input,
    ...resultOf<StreamSizes>(evidence, nameOf(input)),
    predicted: streamGrowth({ depth: input.depth, exponent: exponents[input.rule], gain: GAIN }),
  }));

/**
 * Predicted means are exact at every width and depth, so that tolerances are for noise alone, and less than what a wrong
 * formula does: on average over these depths the limits e and 1 would be 5 and 9 % off, a gain wrong by a tenth 10 % at
 * α = ½, and 0.05 of the log of a block's growth without a multiplier.
 */
export function growthClaims(growths: readonly Growth[]): readonly Claim[] {
  const relative = (rule: Grown) => {
    const own = growths.filter((growth) => growth.rule === rule);
    const sample = own.flatMap(({ ratios, predicted }) => ratios.map((ratio) => ratio / predicted));
    const test = `t interval over ${sample.length} nets of ${own.length} depths`;
    return { measured: meanInterval(sample), test };
  };
  const deepest = growths.filter(({ rule }) => rule === 'none').at(-1) as Growth;
  return [
    agreement({
      name: 'Stream growth at initialization over its prediction, multiplier 1/√L',
      predicted: 1,
      formula: '$1$, with $(1 + g/L)^L \\to \\mathrm e^g$',
      ...relative('sqrt'),
      tolerance: 0.03,
    }),
    agreement({
      name: 'Stream growth at initialization over its prediction, multiplier 1/L',
      predicted: 1,
      formula: '$1$, with $(1 + g/L^2)^L \\to 1$',
      ...relative('completep'),
      tolerance: 0.02,
    }),
    agreement({
      name: 'Log of the stream growth per block, no multiplier',
      predicted: Math.log(1 + GAIN),
      formula: '$\\ln(1 + g) = 0.693$',
      measured: bootstrapInterval(
        deepest.ratios,
        (ratios) => Math.log(mean(ratios)) / deepest.depth,
        { seed: 71 },
      ),
      tolerance: 0.03,
      test: `bootstrap over ${deepest.ratios.length} nets of ${deepest.depth} blocks`,
    }),
  ];
}

/** Growth of the stream against the number of blocks, by rule. */
export function growthFigure(growths: readonly Growth[]): Figure {
  const depths = growths.map(({ depth }) => depth);
  const [from, to] = [Math.min(...depths), Math.max(...depths)];
  const axis = Array.from(
    { length: Math.round(Math.log2(to / from)) + 1 },
    (_, i) => from * 2 ** i,
  );
  return {
    id: 'residual-depth-stream',
    title: 'Size of the residual stream',
    caption:
      'Mean of $\\|h_L\\|^2/\\|h_0\\|^2$ over nets at initialization against the number of blocks $L$, branches of gain $g = 1$. *Look for* a level at $\\mathrm e$ for the multiplier $L^{-1/2}$, at 1 for $L^{-1}$, and a doubling with every block without one.',
    chart: lawChart({
      x: { title: 'blocks L', scale: 'log2' },
      y: { title: '‖h_L‖²/‖h₀‖²', scale: 'log10', domain: [0.7, 30] },
      series: { title: 'branch multiplier' },
      theory: grownRules.map((rule) => ({
        label: '(1 + g L^−2α)^L',
        series: titles[rule],
        points: axis.map(
          (depth) =>
            [depth, streamGrowth({ depth, exponent: exponents[rule], gain: GAIN })] as const,
        ),
      })),
      measured: growths
        .filter(({ predicted }) => predicted < 30)
        .map(({ rule, depth, ratios }) => {
          const { estimate, interval } = meanInterval(ratios);
          return {
            ...{ series: titles[rule], x: depth, y: estimate },
            ...{ low: Math.max(interval[0], 1e-3), high: interval[1] },
          };
        }),
    }),
  };
}
