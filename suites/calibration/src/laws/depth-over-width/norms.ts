import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Claim, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { equalLayers, exactLogNorm, type RandomLayer } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { LogNorms, LogNormsInput } from './measure.ts';

/** Of the nets whose norms are measured. */
export const activations = ['relu', 'linear'] as const;

/** The activations as pages call them. */
export const titles = { relu: 'ReLU', linear: 'linear' } as const;

interface Grid {
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  readonly nets: number;
  /** Of the widest, which alone are to show the approximation by β. */
  readonly widestNets: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { widths: [16], depths: [4, 8], nets: 64, widestNets: 64 },
  standard: { widths: [16, 64], depths: [4, 8, 16, 32], nets: 400, widestNets: 1600 },
  full: { widths: [16, 64, 256], depths: [4, 8, 16, 32, 64], nets: 2000, widestNets: 8000 },
};

/** Nets of one shape: what was measured of them, and the layers that theory wants to know. */
export interface NormCell extends LogNormsInput {
  /** ln(‖h_L‖²/‖h_0‖²) of the nets no layer of which is silent. */
  readonly alive: readonly number[];
  readonly layers: readonly RandomLayer[];
}

function inputsOf(profile: Profile): readonly LogNormsInput[] {
  const { widths, depths, nets, widestNets } = grids[profile];
  const widest = Math.max(...widths);
  return activations.flatMap((activation, a) =>
    widths.flatMap((width) =>
      depths.map((depth, i) => ({
        activation,
        width,
        depth,
        nets: width === widest ? widestNets : nets,
        seed: 1000 * width + 10 * i + a,
      })),
    ),
  );
}

const nameOf = ({ activation, width, depth }: LogNormsInput): string =>
  `depth-over-width ${activation} ${width}x${depth}`;

/** One experiment a shape and activation; the widest nets are the most. */
export function planNorms(profile: Profile): readonly Experiment[] {
  return inputsOf(profile).map((input) => ({
    name: nameOf(input),
    kind: 'logNorms',
    input,
    data: [],
    version: 1,
    cost: 8e-9 * input.nets * input.depth * input.width ** 2,
  }));
}

/** What was measured of every shape; throws `NotMeasured` where one experiment failed. */
export function normCells(evidence: Evidence): readonly NormCell[] {
  return inputsOf(evidence.profile).map((cell) => {
    const { values } = resultOf<LogNorms>(evidence, nameOf(cell));
    return { ...cell, alive: values.filter((value) => value !== null), layers: equalLayers(cell) };
  });
}

/**
 * Moments of ln‖Ju‖² over all shapes, standardised by their exact values. Tolerances tell these from β's: of ReLU nets of
 * width 16 β puts the mean off by 0.13 standard deviations on average over depths, and the variance by a third.
 */
export function normClaims(cells: readonly NormCell[]): readonly Claim[] {
  return activations.flatMap((activation): Claim[] => {
    const own = cells.filter((cell) => cell.activation === activation);
    const standardised = own.flatMap(({ alive, layers }) => {
      const { mean, variance } = exactLogNorm(layers);
      return alive.map((value) => (value - mean) / Math.sqrt(variance));
    });
    const sample = `${standardised.length} nets of ${own.length} shapes`;
    return [
      agreement({
        name: `Mean of ln‖Ju‖², in its standard deviations: ${titles[activation]}`,
        predicted: 0,
        measured: meanInterval(standardised),
        // Less than β's error at width 16.
        tolerance: 0.1,
        test: `t interval over ${sample}`,
      }),
      agreement({
        name: `Variance of ln‖Ju‖² over its prediction: ${titles[activation]}`,
        predicted: 1,
        measured: meanInterval(standardised.map((z) => z * z)),
        // Half of β's error at width 16.
        tolerance: 0.15,
        test: `t interval of squares over ${sample}`,
      }),
    ];
  });
}
