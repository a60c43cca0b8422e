import type { Profile } from '@hyperlaw/cli';

/** How much is measured. */
export interface Sizes {
  /** Batch sizes of races on linear regression, and runs behind a group's mean loss. */
  readonly raceBatches: readonly number[];
  readonly raceRuns: number;
  /** Batch sizes of the net on bytes, examples that it sees, seeds. */
  readonly netBatches: readonly number[];
  readonly netExamples: number;
  readonly netSeeds: number;
  /** Lengths of ramps on linear regression, of sweeps beside them, and runs behind a group's mean loss. */
  readonly rampSteps: readonly number[];
  readonly sweptSteps: readonly number[];
  readonly rampRuns: number;
  /** Steps and seeds of the sweeps that range tests on nets are laid beside, and ramps. */
  readonly rangeSteps: number;
  readonly rangeSeeds: number;
  readonly ramps: number;
}

export const sizes: Readonly<Record<Profile, Sizes>> = {
  smoke: {
    ...{ raceBatches: [8, 16, 2048, 4096], raceRuns: 1 },
    ...{ netBatches: [8, 16], netExamples: 1024, netSeeds: 2 },
    ...{ rampSteps: [50], sweptSteps: [50], rampRuns: 2 },
    ...{ rangeSteps: 60, rangeSeeds: 2, ramps: 4 },
  },
  standard: {
    ...{ raceBatches: [2, 4, 8, 16, 64, 256, 1024, 2048, 4096, 8192], raceRuns: 32 },
    ...{ netBatches: [2, 4, 8, 16, 32, 64, 128, 256, 512], netExamples: 16_384, netSeeds: 6 },
    ...{ rampSteps: [50, 100, 200, 400], sweptSteps: [50, 100, 200, 400], rampRuns: 32 },
    ...{ rangeSteps: 400, rangeSeeds: 8, ramps: 64 },
  },
  full: {
    ...{ raceBatches: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384] },
    raceRuns: 128,
    ...{ netBatches: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] },
    ...{ netExamples: 131_072, netSeeds: 8 },
    ...{ rampSteps: [50, 100, 200, 400, 800, 1600, 3200, 6400], sweptSteps: [50, 200, 800, 3200] },
    rampRuns: 128,
    ...{ rangeSteps: 400, rangeSeeds: 32, ramps: 512 },
  },
};

/** Far below the critical batch size, and far above it. */
export const isSmall = (batch: number): boolean => batch <= 16;
export const isLarge = (batch: number): boolean => batch >= 2048;
