import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { fixedCorrelation, fixedLength, mean } from '@hyperlaw/theory';
import type { Differences } from './decay.ts';
import { BIAS_VARIANCE, netOf, pairsOf, planPairs, scalesAt } from './nets.ts';
import type { Group, Pairs, PairsInput } from './propagate.ts';

export type Phase = 'ordered' | 'chaotic';

/** Nets in which the depth scales of a phase are measured. */
interface Sizes {
  readonly weightVariances: readonly number[];
  readonly width: number;
  readonly triples: number;
  readonly depth: number;
  readonly nets: number;
}

const ordered = { weightVariances: [1, 1.2, 1.3, 1.4, 1.5, 1.6], triples: 4, depth: 44 };
const chaotic = { weightVariances: [2, 2.25, 2.5, 3, 3.5, 4], triples: 3, depth: 44 };

const grids: Readonly<Record<Profile, Readonly<Record<Phase, Sizes>>>> = {
  smoke: {
    ordered: { ...ordered, weightVariances: [1.3], width: 128, nets: 3 },
    chaotic: { ...chaotic, weightVariances: [3], width: 128, nets: 4 },
  },
  standard: {
    ordered: { ...ordered, width: 1024, nets: 20 },
    chaotic: { ...chaotic, width: 1024, nets: 40 },
  },
  full: {
    ordered: { ...ordered, width: 4096, nets: 40 },
    chaotic: { ...chaotic, width: 4096, nets: 60 },
  },
};

export const bothPhases: readonly Phase[] = ['ordered', 'chaotic'];

const AT_A_TIME = 8;

/** How far the first layer is from the fixed point: as a share of 1 − c*, at most c*; or itself where c* = 1. */
const DEPARTURE = { chaotic: 0.2, ordered: 1e-4 };

/**
 * Two groups a weight variance, which start on either side of c*, so that the map's curvature and the nets' own
 * fluctuations cancel in their difference; one where c* = 1. All start at the fixed length.
 */
function groupsOf(weightVariance: number): readonly Group[] {
  const net = netOf(weightVariance);
  const [correlation, length] = [fixedCorrelation(net), fixedLength(net)];
  const group = { weightVariance, biasVariance: BIAS_VARIANCE, length };
  if (correlation === 1) return [{ ...group, separation: DEPARTURE.ordered }];
  const departure = Math.min(correlation, DEPARTURE.chaotic * (1 - correlation));
  return [-1, 1].map((side) => ({ ...group, separation: 1 - correlation + side * departure }));
}

function inputOf(profile: Profile, phase: Phase): PairsInput {
  const { weightVariances, ...sizes } = grids[profile][phase];
  const groups = weightVariances.flatMap(groupsOf);
  return { activation: 'tanh', ...sizes, groups, seed: { ordered: 5250, chaotic: 5350 }[phase] };
}

const nameOf = (phase: Phase): string => `order-and-chaos scales ${phase}`;

export function planScales(profile: Profile): readonly Experiment[] {
  return bothPhases.flatMap((phase) =>
    planPairs(nameOf(phase), inputOf(profile, phase), AT_A_TIME),
  );
}

/** How correlations settle at one weight variance. */
export interface Decay {
  readonly weightVariance: number;
  readonly phase: Phase;
  /** ξ_c by the formula. */
  readonly predicted: number;
  readonly differences: Differences;
  /** Measured less predicted fixed correlation, by net, over the last layers. */
  readonly departures: readonly number[];
}

export function decaysOf(evidence: Evidence, phase: Phase): readonly Decay[] {
  const input = inputOf(evidence.profile, phase);
  const { separations } = pairsOf(evidence, nameOf(phase), input, AT_A_TIME);
  return grids[evidence.profile][phase].weightVariances.map((weightVariance) => {
    const net = netOf(weightVariance);
    const groups = input.groups.flatMap((group, i) =>
      group.weightVariance === weightVariance ? [i] : [],
    );
    return {
      ...{ weightVariance, phase },
      predicted: scalesAt(weightVariance).correlation,
      differences: separations.map((own) => differencesOf(own, groups)),
      departures: departuresOf(separations, groups, fixedCorrelation(net)),
    };
  });
}

/** 1 − c of the only group, or the difference of both, by layer. */
function differencesOf(
  separations: readonly (readonly number[])[],
  [first = 0, second]: readonly number[],
): readonly number[] {
  const nearer = separations[first] as readonly number[];
  if (second === undefined) return nearer;
  return nearer.map((near, layer) => (separations[second]?.[layer] as number) - near);
}

/** Layers over which a fixed correlation is taken. */
export const LAST = 10;

function departuresOf(
  separations: Pairs['separations'],
  groups: readonly number[],
  correlation: number,
): readonly number[] {
  return separations.map((net) =>
    mean(groups.flatMap((g) => (net[g] ?? []).slice(-LAST).map((s) => 1 - s - correlation))),
  );
}
