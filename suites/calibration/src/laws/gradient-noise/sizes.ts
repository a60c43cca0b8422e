import type { Profile } from '@hyperlaw/cli';
import { type NetRaceTask, netRaces } from './net-races.ts';

/** What a profile measures of the law. */
export interface Sizes {
  readonly inputDims: readonly number[];
  readonly labelNoises: readonly number[];
  /** Batches a group whose mean squared gradient is kept: of the big size; eight times as many of the small. */
  readonly noiseBatches: number;
  readonly descents: readonly (number | 'population')[];
  readonly descentSteps: number;
  readonly descentRuns: number;
  readonly raceBatches: readonly number[];
  readonly raceRuns: number;
  readonly netTasks: readonly NetRaceTask[];
  readonly netSeeds: number;
}

const doublings = (from: number, to: number, factor = 2): readonly number[] => {
  const all: number[] = [];
  for (let at = from; at <= to; at *= factor) all.push(Math.round(at));
  return all;
};

export const sizes: Readonly<Record<Profile, Sizes>> = {
  smoke: {
    inputDims: [4],
    labelNoises: [1],
    noiseBatches: 4,
    descents: [8, 'population'],
    descentSteps: 20,
    descentRuns: 2,
    raceBatches: [16, 64, 256],
    raceRuns: 1,
    netTasks: [],
    netSeeds: 0,
  },
  standard: {
    inputDims: [4, 16, 64],
    labelNoises: [0, 0.5, 1, 2],
    noiseBatches: 16,
    descents: [...doublings(1, 64), 'population'],
    descentSteps: 400,
    descentRuns: 16,
    raceBatches: doublings(1, 1024),
    raceRuns: 8,
    netTasks: netRaces.map((race) => ({ ...race, batches: doublings(...race.range, 2.5) })),
    netSeeds: 16,
  },
  full: {
    inputDims: [4, 16, 64, 256],
    labelNoises: [0, 0.5, 1, 2, 4],
    noiseBatches: 32,
    descents: [...doublings(1, 128), 'population'],
    descentSteps: 2000,
    descentRuns: 32,
    raceBatches: doublings(1, 2048),
    raceRuns: 32,
    netTasks: netRaces.map((race) => ({ ...race, batches: doublings(...race.range, Math.SQRT2) })),
    netSeeds: 32,
  },
};
