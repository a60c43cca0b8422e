import type { Evidence, Profile } from '@hyperlaw/cli';
import { logSlope } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import type { FiniteLaw } from '@hyperlaw/tasks';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import type { BalanceDrift, BalanceDriftInput } from './balance-drift.ts';

const task: FiniteLaw = {
  kind: 'finite',
  of: {
    ...{ kind: 'teacher', inputDim: 6, outputDim: 3, width: 16, depth: 1, activation: 'tanh' },
    ...{ noise: 0, instance: 5 },
  },
  samples: 64,
};
const learningRates = [0.04, 0.02, 0.01, 0.005, 0.0025, 0.00125] as const;
/** Rates that enter the fits: first orders are told from second ones where rates are small. */
const LARGEST = 0.01;

const activations = ['linear', 'relu'] as const;
type Activation = (typeof activations)[number];
const netTitles: Readonly<Record<Activation, string>> = { linear: 'linear', relu: 'ReLU' };
const seedsOf: Readonly<Record<Profile, number>> = { smoke: 2, standard: 16, full: 64 };
const nameOf = (activation: Activation): string => `deep-linear balance, ${activation}`;

/** One experiment an activation, on how far weights leave their balance at every rate. */
export function planBalance(profile: Profile): readonly Experiment[] {
  return activations.map((activation) => {
    const input: BalanceDriftInput = {
      ...{ task, activation, layers: 3, width: 16, learningRates, time: 2 },
      seeds: Array.from({ length: seedsOf[profile] }, (_, s) => 550_000 + s),
    };
    const cost = 0.1 + 3200 * input.seeds.length * 3e-6;
    return { name: nameOf(activation), kind: 'balanceDrift', input, data: [], version: 1, cost };
  });
}

/** What is followed, whether gradient flow conserves it, and its drifts `[rate][net]`. */
interface Quantity {
  readonly title: string;
  readonly conserved: boolean;
  readonly drifts: readonly (readonly number[])[];
}

/** What was followed of either activation; what could not be measured is `missing`. */
export function quantitiesOf(evidence: Evidence): Readings<Quantity> {
  const { found, missing } = readEach(
    activations,
    (activation) => `Drift of the balance, ${netTitles[activation]}`,
    (activation): readonly Quantity[] => {
      const { all, diagonal } = resultOf<BalanceDrift>(evidence, nameOf(activation));
      const title = `${netTitles[activation]}, all entries`;
      if (activation === 'linear') return [{ title, conserved: true, drifts: all }];
      return [
        { title: `${netTitles.relu}, diagonal`, conserved: true, drifts: diagonal },
        { title, conserved: false, drifts: all },
      ];
    },
  );
  return { found: found.flat(), missing };
}

/** That what gradient flow conserves drifts in proportion to the rate, from rates up to 0.01. */
export function balanceClaims(quantities: readonly Quantity[]): Claim[] {
  const entering = learningRates.flatMap((rate, i) => (rate <= LARGEST ? [i] : []));
  return quantities
    .filter(({ conserved }) => conserved)
    .map(({ title, drifts }) => {
      const slopes = (drifts[0] ?? []).map(
        (_, net) =>
          logSlope(
            entering.map((i) => learningRates[i] as number),
            entering.map((i) => drifts[i]?.[net] as number),
          ).slope,
      );
      return agreement({
        name: `Exponent in η of the drift of the balance that gradient flow conserves: ${title}`,
        predicted: 1,
        measured: meanInterval(slopes),
        // The next order is of some ηλ, 10 % at the largest rate that enters, over a factor of eight.
        tolerance: 0.05,
        test: `t interval of slopes over ${slopes.length} nets`,
      });
    });
}

/** Drifts against the rate, of what is conserved and of what is not. */
export function balanceFigure(quantities: readonly Quantity[]): Figure {
  return {
    id: 'deep-linear-balance',
    title: 'What gradient flow conserves, descent changes by O(η)',
    caption:
      'Change of $W_{l+1}^\\top W_{l+1} - W_l W_l^\\top$ over the time 2 in nets of three layers that fit a teacher from an ordinary initialization: Frobenius norm over both pairs of layers, mean over nets with 95 % intervals, against the learning rate. Dashed: slope 1 through the smallest rate, and for what ReLU nets do not conserve slope 0. *Look for* slope 1 of what is conserved: every entry in linear nets, the diagonal alone in ReLU nets.',
    chart: lawChart({
      x: { title: 'learning rate η', scale: 'log10' },
      y: { title: 'change of the balance', scale: 'log10' },
      series: { title: 'net' },
      theory: quantities.map(({ title, conserved, drifts }) => {
        const last = learningRates.length - 1;
        const end = meanInterval(drifts[last] ?? []).estimate;
        return {
          ...{ series: title, label: conserved ? 'slope 1' : 'slope 0', stroke: 'dashed' },
          points: learningRates.map((rate) => [
            rate,
            conserved ? (end * rate) / (learningRates[last] as number) : end,
          ]),
        };
      }),
      measured: quantities.flatMap(({ title, drifts }) =>
        learningRates.map((x, i) => {
          const { estimate, interval } = meanInterval(drifts[i] ?? []);
          return { series: title, x, y: estimate, low: interval[0], high: interval[1] };
        }),
      ),
    }),
  };
}
