import type { Evidence, Profile } from '@hyperlaw/cli';
import type { MlpShape } from '@hyperlaw/core';
import type { Experiment } from '@hyperlaw/sweep';
import type { FiniteLaw } from '@hyperlaw/tasks';
import { descentLoss, flowLoss, type LeastSquares, limitCheck } from '@hyperlaw/theory';
import { NotMeasured, resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import type { DescentInput, Descents } from './measure.ts';

/** Root mean square difference of ln loss below which two curves count as the same dynamics: 5 % of the loss. */
export const MARGIN = 0.05;
/** A net whose descent is followed at the rates `largest` / divisor, over the same time, points × `largest`. */
export interface Net {
  readonly title: string;
  readonly model: MlpShape;
  readonly trained: DescentInput['trained'];
  /** Somewhat below what diverges. */
  readonly largest: number;
  /** Points of a curve after the first; at the largest rate one a step. */
  readonly points: number;
}

const base = { kind: 'mlp', width: 32, bias: false, centred: false } as const;
/** Least squares, whose descent and flow are known exactly. */
export const readout: Net = {
  title: 'readout of a ReLU net',
  model: { ...base, depth: 1, activation: 'relu' },
  trained: 'readout',
  largest: 0.1,
  points: 20,
};
/** A net without exact curves: its descents are compared with each other alone. */
export const whole: Net = {
  title: 'whole tanh net',
  model: { ...base, depth: 2, activation: 'tanh' },
  trained: 'all',
  largest: 0.2,
  points: 10,
};
/** Both, in the order of pages. */
export const nets = [readout, whole] as const;

/** Rates with partners at half and a tenth. */
const divisors = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
/** What the largest rate is divided by. */
export type Divisor = (typeof divisors)[number];
/** Rates a factor of ten apart, the larger one first. */
export const tenfolds: readonly (readonly [Divisor, Divisor])[] = [
  [1, 10],
  [2, 20],
  [5, 50],
  [10, 100],
  [20, 200],
  [50, 500],
];

/** Examples of a teacher with so many inputs. */
export const taskOf = (inputDim: number): FiniteLaw => ({
  kind: 'finite',
  of: {
    ...{ kind: 'teacher', inputDim, outputDim: 1, width: 16, depth: 1, activation: 'tanh' },
    ...{ noise: 0, instance: 4 },
  },
  samples: 64,
});

const seedsOf: Readonly<Record<Profile, number>> = { smoke: 3, standard: 16, full: 64 };
const pointsOf = (profile: Profile, { points }: Net): number => (profile === 'smoke' ? 5 : points);
const nameOf = ({ title }: Net): string => `gradient-flow ${title}`;

/** One experiment a net, at all of its rates. */
export function planFlow(profile: Profile): readonly Experiment[] {
  return nets.map((net) => {
    const input: DescentInput = {
      task: taskOf(8),
      model: net.model,
      parameterization: { name: 'sp' },
      trained: net.trained,
      knobs: {},
      rates: divisors.map((every) => ({ learningRate: net.largest / every, every })),
      points: pointsOf(profile, net),
      seeds: Array.from({ length: seedsOf[profile] }, (_, s) => 400_000 + s),
    };
    const steps = input.points * divisors.reduce((sum, divisor) => sum + divisor, 0);
    const cost = steps * 4e-6 * input.seeds.length * net.model.depth;
    return { name: nameOf(net), kind: 'descents', input, data: [], version: 1, cost };
  });
}

/** What was measured of a net, times τ of its points included. */
export interface Flow {
  readonly net: Net;
  readonly times: readonly number[];
  /** Initializations. */
  readonly seeds: number;
  readonly quadratics: readonly LeastSquares[];
  /** Losses `[seed][point]` at the largest rate over a divisor, the point at time 0 included. Throws `NotMeasured` where one diverged. */
  readonly curves: (divisor: Divisor) => readonly (readonly number[])[];
}

/** What was measured of each net; what could not be is `missing`. */
export function flowsOf(evidence: Evidence): Readings<Flow> {
  const { profile } = evidence;
  return readEach(
    nets,
    ({ title }) => `Gradient flow: ${title}`,
    (net) => {
      const { curves, quadratics } = resultOf<Descents>(evidence, nameOf(net));
      const times = Array.from({ length: pointsOf(profile, net) + 1 }, (_, i) => i * net.largest);
      const finite = (divisor: Divisor) => finiteCurves(net, divisor, curves);
      return { net, times, seeds: seedsOf[profile], quadratics, curves: finite };
    },
  );
}

function finiteCurves(net: Net, divisor: Divisor, all: Descents['curves']) {
  return (all[divisors.indexOf(divisor)] ?? []).map((curve) =>
    curve.map((loss) => {
      if (loss !== null) return loss;
      throw new NotMeasured(`${net.title} diverged at the rate ${net.largest / divisor}`);
    }),
  );
}

/** Exact losses `[seed][point]` of the trained readout; the flow's without a divisor. */
export function exactCurves({ net, quadratics, times }: Flow, divisor?: Divisor): number[][] {
  return quadratics.map((quadratic) =>
    times.map((time, i) => {
      if (divisor === undefined) return quadratic.floor + flowLoss(quadratic, time);
      const descent = { learningRate: net.largest / divisor, steps: i * divisor };
      return quadratic.floor + descentLoss(quadratic, descent);
    }),
  );
}

/** The check of a tenfold change, seeds paired; at time 0 nothing can have moved. */
export function tenfold(
  curves: (divisor: Divisor) => readonly (readonly number[])[],
  [before, after]: readonly [Divisor, Divisor],
) {
  const later = (divisor: Divisor) => curves(divisor).map((curve) => curve.slice(1));
  const design = 'paired';
  return limitCheck({ before: later(before), after: later(after), design, margin: MARGIN });
}
