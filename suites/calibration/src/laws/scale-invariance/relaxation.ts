import type { Evidence, Profile } from '@hyperlaw/cli';
import { logSlope } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { mean, squaredNormCurve } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { FollowedWeight } from './lengths.ts';
import { coinFlips, hiddenOnly, pointOf, residualNet } from './nets.ts';
import type { NormCourse, NormCourseInput } from './norm-course.ts';

const RATE = 2e3;
const EVERY = 10;
/**
 * Starts and decays: to one equilibrium from both sides, and without decay. The smallest start is one that the first step
 * overshoots, to η²G/‖w₀‖²; without decay that would take as long to forget as a large start.
 */
const settings = [
  { scale: 0.3, decay: 5e-6 },
  { scale: 1, decay: 5e-6 },
  { scale: 5, decay: 5e-6 },
  { scale: 1, decay: 0 },
] as const;
const titleOf = ({ scale, decay }: (typeof settings)[number]): string =>
  decay === 0 ? 'without decay' : `with decay, start × ${scale}`;

/** Points from which growth without decay has forgotten its start. */
const FIRST = 5;

const sizes: Readonly<Record<Profile, { readonly nets: number; readonly steps: number }>> = {
  smoke: { nets: 2, steps: 300 },
  standard: { nets: 16, steps: 1200 },
  full: { nets: 128, steps: 1200 },
};

const NAME = 'scale-invariance relaxation';

/** One experiment: all settings of scale and decay are lanes of it. */
export function planRelaxation(profile: Profile): readonly Experiment[] {
  const { nets, steps } = sizes[profile];
  const input: NormCourseInput = {
    task: coinFlips(32),
    model: residualNet('layer', { depth: 1, activation: 'tanh' }),
    ...{ optimizer: 'sgd', batch: 16, decay: true, steps, every: EVERY, from: 0 },
    settings: settings.map(({ scale, decay }) => ({
      ...{ learningRate: RATE, weightDecay: decay, ...hiddenOnly('layer') },
      ...{ 'initScale/hidden': scale, 'initScale/output': 0.002 },
    })),
    seeds: Array.from({ length: nets }, (_, s) => 1_210_000 + s),
  };
  const cost = 0.2 + steps * nets * settings.length * 2e-5;
  return [{ name: NAME, kind: 'normCourse', input, data: [], version: 1, cost }];
}

/** `[setting][net]`. */
export type Relaxations = readonly (readonly FollowedWeight[])[];

/** The followed weight `[setting][net]`; throws `NotMeasured` where an experiment failed. */
export const relaxationsOf = (evidence: Evidence): Relaxations =>
  resultOf<NormCourse>(evidence, NAME).weights.map((nets) =>
    nets.map((net) => net[0] as FollowedWeight),
  );

/** That without decay the squared norm grows as the root of time. */
export function relaxationClaim(relaxations: Relaxations): Claim {
  const free = relaxations[settings.findIndex(({ decay }) => decay === 0)] ?? [];
  const slopes = free.map(({ squares }) => {
    const late = squares.slice(FIRST);
    return logSlope(
      late.map((_, i) => (i + FIRST) * EVERY),
      late,
    ).slope;
  });
  return agreement({
    name: 'Exponent in time of the squared norm without decay',
    predicted: 0.5,
    formula: '½, of $\\sqrt{2\\eta^2 G t}$',
    measured: meanInterval(slopes),
    // ‖w₀‖⁴ is a few per cent of what ‖w‖⁴ grows to by the first time that enters, and the gradient's size may fall by a tenth
    // as the weights become noise: over a range of 24 in time both are 0.02 at most.
    tolerance: 0.04,
    test: `t interval of slopes over ${slopes.length} nets`,
  });
}

/** Squared norms over time beside the recursion, by setting. */
export function relaxationFigure(relaxations: Relaxations): Figure {
  // From 1 to the last point, evenly on a logarithmic axis.
  const last = (relaxations[0]?.[0]?.squares.length ?? 1) - 1;
  const shown = [...new Set(Array.from({ length: 24 }, (_, i) => Math.round(last ** (i / 23))))];
  return {
    id: 'scale-invariance-relaxation',
    title: 'Growth without decay, equilibrium with it',
    caption:
      'Squared norm of a normed weight matrix under SGD on labels without meaning, mean over nets with 95 % intervals. Lines: the recursion $\\|w\\|^2 \\leftarrow (1-\\eta\\lambda)^2\\|w\\|^2 + \\eta^2 G/\\|w\\|^2$ from each start, $G$ the mean over all runs. *Look for* slope ½ without decay, and for starts that are forgotten with it: the smallest overshoots in its first step. Early points lie above their lines, since $G$ falls by a third while the initial weights become noise.',
    chart: lawChart({
      x: { title: 'steps', scale: 'log10' },
      y: { title: 'squared norm', scale: 'log10' },
      series: { title: 'run' },
      theory: settings.map((setting, s) => {
        const gradient = mean(
          relaxations.flatMap((nets) => nets.map(({ means }) => means.product / RATE ** 2)),
        );
        const initial = mean((relaxations[s] ?? []).map(({ squares }) => squares[0] as number));
        const curve = squaredNormCurve(
          { learningRate: RATE, decay: setting.decay, unitGradientSquared: gradient },
          { initial, steps: last * EVERY },
        );
        return {
          series: titleOf(setting),
          label: 'recursion',
          points: shown.map((i) => [i * EVERY, curve[i * EVERY] as number] as const),
        };
      }),
      measured: settings.flatMap((setting, s) =>
        shown.map((i) => ({
          ...{ series: titleOf(setting), x: i * EVERY },
          ...pointOf((relaxations[s] ?? []).map(({ squares }) => squares[i] as number)),
        })),
      ),
    }),
  };
}
