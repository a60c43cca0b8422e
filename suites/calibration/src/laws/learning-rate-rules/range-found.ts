import type { Evidence } from '@hyperlaw/cli';
import type { SweepPoint } from '@hyperlaw/report';
import { excessLoss, stepSquaredErrors } from '@hyperlaw/theory';
import { NotMeasured, resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import { linearRamps, linearSweeps, type NetRange, netRanges } from './inputs.ts';
import { initialSquaredErrors, linearLaw, problem } from './linear.ts';
import type { LinearRuns, LinearRunsInput } from './linear-runs.ts';
import { type NetRamp, type NetSweep, rampRate } from './nets.ts';
import { linearSweepName, netRampName, netSweepName, rampName } from './plan.ts';
import { type RampPoint, type Suggestion, suggestionOf } from './range-test.ts';
import { sizes } from './sizes.ts';

/** Suggestions of ramps of one length, and what theory gives for the same ramp. */
export interface LinearRampFound {
  readonly steps: number;
  readonly exact: Suggestion;
  /** `[group]`. */
  readonly measured: readonly Suggestion[];
}

/** A sweep of constant rates for so many steps. */
export interface LinearSweepFound {
  readonly steps: number;
  readonly points: readonly SweepPoint[];
}

/** A net's range test beside its sweep. */
export interface NetRangeFound extends NetRange {
  /** The ramp's loss, mean over seeds. */
  readonly ramps: readonly (readonly RampPoint[])[];
  /** Of the runs that suggest something, `[run]`. */
  readonly suggestions: readonly Suggestion[];
  readonly points: readonly SweepPoint[];
}

export const rules = ['steepest', 'tenth'] as const;
export const ruleTitles: Readonly<Record<(typeof rules)[number], string>> = {
  steepest: 'steepest descent',
  tenth: 'a tenth of the minimum',
};

const rampTitle = ({ steps }: LinearRunsInput): string =>
  `Range test of ${steps} steps on linear regression`;
const sweepTitle = ({ steps }: LinearRunsInput): string =>
  `Sweep of ${steps} steps on linear regression`;
const netTitle = ({ title }: NetRange): string => `Range test beside a sweep: ${title}`;

export function readLinearRamps(evidence: Evidence): Readings<LinearRampFound> {
  return readEach(linearRamps(sizes[evidence.profile]), rampTitle, (input) => {
    const { losses } = resultOf<LinearRuns>(evidence, rampName(input));
    const exact = suggestionOf(rampOf(input, exactLosses(input)));
    const measured = (losses[0] ?? []).flatMap((row) => suggestionOf(rampOf(input, row)) ?? []);
    if (exact === null || measured.length < 2) throw new NotMeasured('no suggestion');
    return { steps: input.steps, exact, measured };
  });
}

function rampOf(
  { rates, growth, stops }: LinearRunsInput,
  losses: readonly (number | null)[],
): readonly RampPoint[] {
  return stops.map((stop, i) => {
    const excess = losses[i] ?? null;
    return {
      rate: (rates[0] as number) * growth ** (stop - 1),
      // The finder sees the mean squared error, label noise included.
      loss: excess === null ? null : 2 * excess + linearLaw.noise ** 2,
    };
  });
}

/** The expected loss at the stops of a ramp, by the exact recursion. */
export function exactLosses({
  batch,
  rates,
  growth,
  steps,
  stops,
}: LinearRunsInput): readonly number[] {
  const errors = Float64Array.from(initialSquaredErrors);
  const kept: number[] = [];
  for (let t = 0; t < steps; t++) {
    const learningRate = (rates[0] as number) * growth ** t;
    stepSquaredErrors(problem, { learningRate, batchSize: batch }, errors);
    if (stops.includes(t + 1)) kept.push(excessLoss(problem, errors));
  }
  return kept;
}

export function readLinearSweeps(evidence: Evidence): Readings<LinearSweepFound> {
  return readEach(linearSweeps(sizes[evidence.profile]), sweepTitle, (input) => {
    const { losses } = resultOf<LinearRuns>(evidence, linearSweepName(input));
    const points = input.rates.map((x, r) => ({
      x,
      losses: (losses[r] ?? []).map(([loss]) => loss ?? null),
    }));
    return { steps: input.steps, points };
  });
}

export function readNetRanges(evidence: Evidence): Readings<NetRangeFound> {
  return readEach(netRanges(sizes[evidence.profile]), netTitle, (range) => {
    const { losses } = resultOf<NetRamp>(evidence, netRampName(range.ramp));
    const swept = resultOf<NetSweep>(evidence, netSweepName(range.sweep));
    const ramps = losses.map((row) =>
      row.map((loss, t) => ({ rate: rampRate(range.ramp, t), loss })),
    );
    return {
      ...range,
      ramps,
      suggestions: ramps.flatMap((ramp) => suggestionOf(ramp) ?? []),
      points: range.sweep.rates.map((x, r) => ({ x, losses: swept.losses[r] ?? [] })),
    };
  });
}
