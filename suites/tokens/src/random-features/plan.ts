import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { difficulties } from '../sources.ts';
import type { BestFitInput } from './best-fit.ts';
import type { OnePassInput } from './one-pass.ts';
import { divisionsOf } from './task.ts';

interface Scale {
  readonly modes: number;
  /** log₂ n·k. */
  readonly onePass: readonly number[];
  readonly fitted: readonly number[];
  readonly features: readonly [fewest: number, most: number];
  /** Draws of an experiment, and experiments a difficulty. */
  readonly draws: number;
  readonly parts: number;
}

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    ...{ modes: 256, onePass: [8, 10], fitted: [8, 10], features: [2, 64], draws: 2, parts: 1 },
  },
  standard: {
    ...{ modes: 2048, onePass: [9, 10, 11, 12, 13, 14], fitted: [8, 10, 12, 14] },
    ...{ features: [2, 128], draws: 5, parts: 2 },
  },
  full: {
    ...{ modes: 8192, onePass: [10, 11, 12, 13, 14, 15, 16, 17], fitted: [8, 10, 12, 14, 16] },
    ...{ features: [2, 512], draws: 2, parts: 10 },
  },
};

/** Learning rates of the pass, from beyond what is stable to what is slow. */
const RATES = [4, 2, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32] as const;

/** What is measured of one difficulty, in as many experiments as it has names. */
export interface FeatureCell {
  readonly difficulty: number;
  readonly onePass: { readonly names: readonly string[]; readonly input: OnePassInput };
  readonly fitted: { readonly names: readonly string[]; readonly input: BestFitInput };
  /** N·D of both kinds' budgets. */
  readonly budgets: { readonly onePass: readonly number[]; readonly fitted: readonly number[] };
}

/** What is measured of every difficulty of a profile, each with experiments of its own seeds. */
export function featureCells(profile: Profile): readonly FeatureCell[] {
  const { modes, onePass, fitted, features, draws, parts } = scales[profile];
  const names = (kind: string, difficulty: number) =>
    Array.from({ length: parts }, (_, part) => `random features ${kind} ${difficulty} ${part + 1}`);
  const powers = (logs: readonly number[]) => logs.map((log2) => 2 ** log2);
  return difficulties[profile].map((difficulty, i) => ({
    difficulty,
    onePass: {
      names: names('one pass', difficulty),
      input: {
        ...{ difficulty, modes, batch: 1, rates: RATES, draws, seed: 3900 + 100 * i },
        sizes: onePass.flatMap((log2) => divisionsOf(log2, { features, samples: [16, 8192] })),
      },
    },
    fitted: {
      names: names('fitted', difficulty),
      input: {
        ...{ difficulty, modes, draws: 2 * draws, seed: 3950 + 100 * i },
        sizes: fitted.flatMap((log2) => divisionsOf(log2, { features, samples: [8, 512] })),
      },
    },
    budgets: { onePass: powers(onePass), fitted: powers(fitted) },
  }));
}

/** The experiments of `featureCells`: parts of a difficulty differ in their seeds alone. */
export function featurePlan(profile: Profile): readonly Experiment[] {
  return featureCells(profile).flatMap(({ onePass, fitted }) => [
    ...onePass.names.map((name, part) => ({
      ...{ name, kind: 'onePass', data: [], version: 1 },
      input: { ...onePass.input, seed: onePass.input.seed + part },
      cost: onePass.input.draws * 1.2,
    })),
    ...fitted.names.map((name, part) => ({
      ...{ name, kind: 'bestFit', data: [], version: 1 },
      input: { ...fitted.input, seed: fitted.input.seed + part },
      cost: fitted.input.draws * 0.3,
    })),
  ]);
}
