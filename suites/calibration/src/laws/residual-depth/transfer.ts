import type { Evidence, Profile } from '@hyperlaw/cli';
import type { DepthRule } from '@hyperlaw/core';
import {
  type Claim,
  type Figure,
  type SweepPoint,
  sweepOptimum,
  tuningCurvesChart,
} from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { depthRateExponent, mean } from '@hyperlaw/theory';
import { driftAgreement } from '../../drift-agreement.ts';
import { resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import { titles } from './nets.ts';
import type { DepthSweep, DepthSweepInput } from './rate-sweep.ts';

/** The task on which nets of all depths are trained. */
export const bytes: TaskLaw = {
  kind: 'typescript-bytes',
  ...{ context: 8, codeDim: 4, vocabulary: 32, instance: 2 },
};

/**
 * Powers of depth in the best base rate. Rules that scale rates leave it where it is. Without a rule, a norm before every
 * branch and before the readout makes the stream's size of no account: blocks are what they are with the multiplier
 * L^{−1/2}, which wants rates ∝ L^{−1/2} from Adam.
 */
const drifts: readonly { readonly rule: DepthRule; readonly drift: number }[] = [
  { rule: 'none', drift: depthRateExponent(1 / 2, 'adam') },
  { rule: 'sqrt', drift: 0 },
  { rule: 'completep', drift: 0 },
];

interface Grid {
  readonly width: number;
  readonly depths: readonly number[];
  readonly seeds: number;
  readonly steps: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { width: 16, depths: [4, 8], seeds: 2, steps: 15 },
  standard: { width: 48, depths: [4, 8, 16, 32], seeds: 5, steps: 150 },
  full: { width: 192, depths: [4, 8, 16, 32, 64, 128], seeds: 6, steps: 1000 },
};

const BASE_DEPTH = 4;
const RATES = 7;

function inputOf(profile: Profile, rule: DepthRule, drift: number, depth: number): DepthSweepInput {
  const { width, seeds, steps } = grids[profile];
  // Moved along with theory, so that optima stay inside.
  const centre = 2 ** -7 * (depth / BASE_DEPTH) ** drift;
  return {
    ...{ task: bytes, rule, width, depth, baseDepth: BASE_DEPTH, batch: 32, steps },
    rates: Array.from({ length: RATES }, (_, i) => centre * 2 ** (i - (RATES - 1) / 2)),
    seeds: Array.from({ length: seeds }, (_, i) => 871 + i),
  };
}

const nameOf = ({ rule, depth }: Pick<DepthSweepInput, 'rule' | 'depth'>): string =>
  `residual-depth sweep ${rule} ${depth}`;

/** One experiment for every rule and depth, at all rates and seeds. */
export function planTransfer(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const own = loaded.find(({ law }) => JSON.stringify(law) === JSON.stringify(bytes));
  return drifts.flatMap(({ rule, drift }) =>
    grids[profile].depths.map((depth) => {
      const input = inputOf(profile, rule, drift, depth);
      const weights = 2 * depth * input.width ** 2;
      const runs = input.rates.length * input.seeds.length;
      return {
        name: nameOf(input),
        kind: 'depthSweep',
        input,
        data: own?.data ?? [],
        version: 1,
        cost: 0.3 + runs * input.steps * (5e-6 * depth + weights * 6e-9),
      };
    }),
  );
}

/** Sweeps of the rate at every depth by one rule, and the drift that theory gives their optimum. */
export interface Transfer {
  readonly rule: DepthRule;
  readonly drift: number;
  readonly depths: readonly number[];
  readonly sweeps: readonly (readonly SweepPoint[])[];
}

const driftName = ({ rule }: Pick<Transfer, 'rule'>): string =>
  `Drift of the best learning rate over depth, Adam: ${titles[rule]}`;

/** Sweeps by rule; a rule of which a depth failed is `missing`. */
export const readTransfers = (evidence: Evidence): Readings<Transfer> =>
  readEach(drifts, driftName, ({ rule, drift }) => {
    const { depths } = grids[evidence.profile];
    return {
      ...{ rule, drift, depths },
      sweeps: depths.map((depth) => {
        const { losses } = resultOf<DepthSweep>(evidence, nameOf({ rule, depth }));
        return inputOf(evidence.profile, rule, drift, depth).rates.map((x, r) => ({
          ...{ x, losses: losses[r] ?? [] },
        }));
      }),
    };
  });

const RESAMPLING = { seed: 72, resamples: 1000 };

/** Half of the distance between the two predictions. */
const TOLERANCE = 0.25;

/** The drift of the best rate by every rule, in doublings of it a doubling of depth. */
export const transferClaims = (transfers: readonly Transfer[]): readonly Claim[] =>
  transfers.map((transfer) =>
    driftAgreement(
      {
        ...{ sizes: transfer.depths, sweeps: transfer.sweeps },
        ...{ resampling: RESAMPLING, of: 'depths' },
      },
      {
        name: driftName(transfer),
        predicted: transfer.drift,
        formula: transfer.drift === 0 ? '0' : '$-\\tfrac12$',
        tolerance: TOLERANCE,
        unit: 'doublings of the rate per doubling of depth',
      },
    ),
  );

/** Tuning curves by depth, a panel a rule. */
export function transferFigure(transfers: readonly Transfer[]): Figure {
  return {
    id: 'residual-depth-transfer',
    title: 'Transfer of the learning rate over depth',
    caption:
      'Held-out cross-entropy on TypeScript bytes of residual nets with norms before their branches, after training with Adam at each base rate, mean over seeds; dots are optima with 95 % intervals. Multipliers are $L^{-\\alpha}$, rates are scaled from depth 4 on. *Look for* optima above each other with either multiplier, and moving left without.',
    chart: tuningCurvesChart({
      x: { title: 'learning rate at depth 4' },
      y: { title: 'held-out loss', unit: 'nats' },
      series: { title: 'depth' },
      points: transfers.flatMap(({ rule, depths, sweeps }) =>
        sweeps.flatMap((sweep, d) =>
          sweep.map(({ x, losses }) => {
            const finished = losses.filter((loss) => loss !== null);
            const whole = finished.length === losses.length;
            return {
              facet: titles[rule],
              series: depths[d] as number,
              x,
              y: whole ? mean(finished) : null,
            };
          }),
        ),
      ),
      optima: transfers.flatMap(({ rule, depths, sweeps }) =>
        sweeps.flatMap((sweep, d) => {
          const { x, loss: y, interval, status } = sweepOptimum(sweep, RESAMPLING);
          if (x === null || y === null) return [];
          const ends = interval && { low: interval[0], high: interval[1] };
          const place = { facet: titles[rule], series: depths[d] as number };
          return [{ ...place, x, y, ...ends, edge: status === 'edge' }];
        }),
      ),
    }),
  };
}
