import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Knobs } from '@hyperlaw/core';
import type { Experiment } from '@hyperlaw/sweep';
import { resultOf } from '../../law.ts';
import type { FollowedWeight } from './lengths.ts';
import { coinFlips, hiddenOnly, type NormKind, normKinds, residualNet, WIDTH } from './nets.ts';
import type { NormCourse, NormCourseInput } from './norm-course.ts';

/** Descent by gradients and by their signs. */
export const optimizers = ['sgd', 'signsgd'] as const;
/** Which of the two. */
export type Optimizer = (typeof optimizers)[number];
/** The optimizers as pages call them. */
export const optimizerTitles: Readonly<Record<Optimizer, string>> = {
  sgd: 'SGD',
  signsgd: 'signs',
};

/** Squared length of an update of signs at rate 1: every entry moves. */
export const SIGN_SQUARED = WIDTH ** 2;

/** Smallest rate and decay of the grid, whose others are two and four times as large. */
const corners: Readonly<Record<Optimizer, { readonly rate: number; readonly decay: number }>> = {
  sgd: { rate: 1e4, decay: 2.5e-7 },
  signsgd: { rate: 0.0125, decay: 0.2 },
};
const FACTORS = [1, 2, 4] as const;

/**
 * With so small a readout the logits say nothing, and the gradient is noise of fixed law: (p − y) J with p = ½. Only then are
 * signs orthogonal to the weights in the mean, as gradients always are.
 */
const READOUT = 0.002;
/** A readout that does say something, for one more setting. */
const LOUD_READOUT = 0.2;

interface Grid {
  readonly nets: number;
  readonly steps: number;
  /** Longest relaxation is 1/(4ηλ) = 100 steps. */
  readonly from: number;
}
const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { nets: 2, steps: 400, from: 200 },
  standard: { nets: 6, steps: 3200, from: 800 },
  full: { nets: 32, steps: 12_800, from: 800 },
};

/** One pair of rate and decay. */
export interface Setting {
  readonly learningRate: number;
  readonly weightDecay: number;
}

const settingsOf = (optimizer: Optimizer): readonly Setting[] => {
  const { rate, decay } = corners[optimizer];
  return FACTORS.flatMap((a) =>
    FACTORS.map((b) => ({ learningRate: a * rate, weightDecay: b * decay })),
  );
};

const nameOf = (kind: NormKind, optimizer: Optimizer): string =>
  `scale-invariance equilibrium, ${kind}, ${optimizer}`;
const loudName = 'scale-invariance equilibrium, layer, signsgd, loud readout';

function inputOf(
  profile: Profile,
  {
    kind,
    optimizer,
    settings,
    readout,
    seed,
  }: {
    readonly kind: NormKind;
    readonly optimizer: Optimizer;
    readonly settings: readonly Setting[];
    readonly readout: number;
    readonly seed: number;
  },
): NormCourseInput {
  const { nets, steps, from } = grids[profile];
  return {
    task: coinFlips(2),
    model: residualNet(kind, { depth: 1, activation: 'tanh' }),
    ...{ optimizer, batch: 16, decay: true, steps, every: steps, from },
    settings: settings.map(
      (setting): Knobs => ({ ...setting, ...hiddenOnly(kind), 'initScale/output': readout }),
    ),
    seeds: Array.from({ length: nets }, (_, s) => seed + s),
  };
}

const cells = normKinds.flatMap((kind) => optimizers.map((optimizer) => ({ kind, optimizer })));

/** Nine settings for every norm and optimizer, and one more with a readout that says something. */
export function planEquilibrium(profile: Profile): readonly Experiment[] {
  const grid = cells.map(({ kind, optimizer }, i) => {
    const settings = settingsOf(optimizer);
    const seed = 1_200_000 + 100 * i;
    const input = inputOf(profile, { kind, optimizer, settings, readout: READOUT, seed });
    return [nameOf(kind, optimizer), input] as const;
  });
  const loud = inputOf(profile, {
    ...{ kind: 'layer', optimizer: 'signsgd', readout: LOUD_READOUT, seed: 1_200_500 },
    settings: settingsOf('signsgd').slice(4, 5),
  });
  return [...grid, [loudName, loud] as const].map(([name, input]) => ({
    ...{ name, kind: 'normCourse', input, data: [], version: 1 },
    cost: 0.2 + input.steps * input.settings.length * input.seeds.length * 2e-5,
  }));
}

/** The hidden weights of the nets of one setting. */
export interface Settled extends Setting {
  readonly kind: NormKind;
  readonly optimizer: Optimizer;
  /** `[net]`. */
  readonly weights: readonly FollowedWeight[];
}

/** Followed weights of the nine settings of every norm and optimizer; throws `NotMeasured` where an experiment failed. */
export function settledOf(evidence: Evidence): readonly Settled[] {
  return cells.flatMap(({ kind, optimizer }) => {
    const { weights } = resultOf<NormCourse>(evidence, nameOf(kind, optimizer));
    return settingsOf(optimizer).map((setting, s) => ({
      ...{ ...setting, kind, optimizer },
      weights: (weights[s] ?? []).map((net) => net[0] as FollowedWeight),
    }));
  });
}

/** The one setting where the gradient is not noise alone. */
export function loudOf(evidence: Evidence): Settled {
  const { weights } = resultOf<NormCourse>(evidence, loudName);
  const [setting] = settingsOf('signsgd').slice(4, 5) as [Setting];
  return {
    ...{ ...setting, kind: 'layer', optimizer: 'signsgd' },
    weights: (weights[0] ?? []).map((net) => net[0] as FollowedWeight),
  };
}
