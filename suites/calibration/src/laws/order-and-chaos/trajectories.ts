import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Estimate, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import {
  correlationMap,
  criticalWeightVariance,
  lengthMap,
  type MeanFieldNet,
} from '@hyperlaw/theory';
import { BIAS_VARIANCE, pairsOf, planPairs } from './nets.ts';
import type { Group, Pairs, PairsInput } from './propagate.ts';

const CRITICAL = criticalWeightVariance('tanh', BIAS_VARIANCE);

/** One weight variance a phase; chosen once, so that titles may name them. */
export const phases = [
  { phase: 'ordered', weightVariance: 1.3 },
  { phase: 'critical', weightVariance: CRITICAL },
  { phase: 'chaotic', weightVariance: 3 },
] as const;

const STARTS = [0.05, 0.5, 0.95] as const;

/** Weight variances around ReLU's degenerate line. */
const reluVariances = [1.6, 2, 2.4] as const;

type Sizes = Pick<PairsInput, 'width' | 'nets' | 'depth' | 'triples'>;

/** ReLU forgets slowly and its lengths fluctuate: deeper nets, and more of them. */
const sizes: Readonly<Record<Profile, { readonly tanh: Sizes; readonly relu: Sizes }>> = {
  smoke: {
    tanh: { width: 128, nets: 3, depth: 20, triples: 3 },
    relu: { width: 128, nets: 3, depth: 20, triples: 4 },
  },
  standard: {
    tanh: { width: 1024, nets: 8, depth: 32, triples: 3 },
    relu: { width: 512, nets: 60, depth: 36, triples: 4 },
  },
  full: {
    tanh: { width: 4096, nets: 20, depth: 64, triples: 3 },
    relu: { width: 2048, nets: 200, depth: 64, triples: 8 },
  },
};

const AT_A_TIME = { tanh: 4, relu: 30 };

/** Every group starts at length 1, off its fixed point. */
const tanhGroups: readonly Group[] = phases.flatMap(({ weightVariance }) =>
  STARTS.map((correlation) => ({
    ...{ weightVariance, biasVariance: BIAS_VARIANCE, separation: 1 - correlation, length: 1 },
  })),
);

const reluGroups: readonly Group[] = reluVariances.map((weightVariance) => ({
  ...{ weightVariance, biasVariance: 0, separation: 1, length: 1 },
}));

function inputOf(profile: Profile, activation: 'tanh' | 'relu'): PairsInput {
  const own = {
    tanh: { groups: tanhGroups, seed: 5510 },
    relu: { groups: reluGroups, seed: 5610 },
  };
  return { activation, ...sizes[profile][activation], ...own[activation] };
}

const NAMES = { tanh: 'order-and-chaos trajectories', relu: 'order-and-chaos ReLU' } as const;
const both = ['tanh', 'relu'] as const;

export function planTrajectories(profile: Profile): readonly Experiment[] {
  return both.flatMap((which) =>
    planPairs(NAMES[which], inputOf(profile, which), AT_A_TIME[which]),
  );
}

/** What lengths and correlations did from layer to layer, by the recursion and measured, `[layer]` from the first. */
export interface Trajectory {
  readonly group: Group;
  readonly predicted: {
    readonly correlations: readonly number[];
    readonly lengths: readonly number[];
  };
  /** By net, `[net][layer]`. */
  readonly separations: readonly (readonly number[])[];
  readonly lengths: readonly (readonly number[])[];
}

function trajectoriesOf(input: PairsInput, pairs: Pairs): readonly Trajectory[] {
  return input.groups.map((group, g) => ({
    group,
    predicted: recursion({ ...group, activation: input.activation }, group, input.depth),
    separations: pairs.separations.map((net) => net[g] ?? []),
    lengths: pairs.lengths.map((net) => net[g] ?? []),
  }));
}

/** The mean-field recursion from a start. */
export function recursion(
  net: MeanFieldNet,
  { length, separation }: Pick<Group, 'length' | 'separation'>,
  depth: number,
): Trajectory['predicted'] {
  let [q, c] = [length, 1 - separation];
  const correlations: number[] = [];
  const lengths: number[] = [];
  for (let layer = 0; layer < depth; layer++) {
    correlations.push(c);
    lengths.push(q);
    [q, c] = [lengthMap(net, q), Math.min(1, correlationMap(net, c, q))];
  }
  return { correlations, lengths };
}

/** The mean over nets of something of one layer, with its interval. */
export function overNets(rows: readonly (readonly number[])[], layer: number): Estimate {
  return meanInterval(rows.map((row) => row[layer] as number));
}

export interface Trajectories {
  readonly tanh: readonly Trajectory[];
  readonly relu: readonly Trajectory[];
}

export function measuredTrajectories(evidence: Evidence): Trajectories {
  const [tanh, relu] = both.map((which) => {
    const input = inputOf(evidence.profile, which);
    return trajectoriesOf(input, pairsOf(evidence, NAMES[which], input, AT_A_TIME[which]));
  }) as [readonly Trajectory[], readonly Trajectory[]];
  return { tanh, relu };
}
