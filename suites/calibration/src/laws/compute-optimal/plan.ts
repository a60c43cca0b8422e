import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { chinchillaRefitted, type ScalingLaw } from '@hyperlaw/theory';
import type { Approach, LossNoise } from './designs.ts';
import type { ScalingFitsInput } from './measure.ts';

/** What is planted, by the name that claims have for it. */
export const planted: Readonly<Record<string, ScalingLaw>> = {
  'corrected Chinchilla fit': chinchillaRefitted,
  'mostly tokens': {
    irreducible: 1.7,
    parameterScale: 3000,
    parameterExponent: 0.5,
    tokenScale: 150,
    tokenExponent: 0.25,
  },
};

/** The three ways of 2203.15556 to find the best division of a budget. */
export const approaches: readonly Approach[] = ['envelope', 'isoflop', 'parametric'];

/** Half a per cent between seeds, and a third of it from point to point: an assumption, on the noisy side. */
export const noise: LossNoise = { betweenSeeds: 0.005, withinCurve: 0.005 / 3, seeds: 3 };

/** The budget of 2203.15556, in operations. */
export const CHINCHILLA = 5.76e23;

interface Repetitions {
  readonly repetitions: number;
  readonly parts: number;
  readonly resamples: number;
}

const profiles: Readonly<Record<Profile, Repetitions>> = {
  smoke: { repetitions: 4, parts: 1, resamples: 20 },
  standard: { repetitions: 50, parts: 8, resamples: 80 },
  full: { repetitions: 50, parts: 80, resamples: 400 },
};

/** All repetitions of an approach on a planted law. */
export interface Cell {
  readonly approach: Approach;
  readonly title: string;
  readonly law: ScalingLaw;
  readonly names: readonly string[];
  readonly inputs: readonly ScalingFitsInput[];
}

/** Every approach on every planted law, in as many experiments as the profile has parts. */
export function cellsOf(profile: Profile): readonly Cell[] {
  const { repetitions, parts, resamples } = profiles[profile];
  return Object.entries(planted).flatMap(([title, law], l) =>
    approaches.map((approach, a): Cell => {
      const all = Array.from({ length: parts }, (_, part) => part);
      return {
        ...{ approach, title, law },
        names: all.map((part) => `compute-optimal ${approach} ${title} ${part + 1}`),
        inputs: all.map((part) => ({
          ...{ approach, law, noise, repetitions, resamples },
          compute: CHINCHILLA,
          seed: 11_000 + 1000 * l + 100 * a + part,
        })),
      };
    }),
  );
}

/** Seconds of a resample. */
const seconds: Readonly<Record<Approach, number>> = {
  envelope: 3e-4,
  isoflop: 1e-4,
  parametric: 5e-4,
};

/** The experiments of `cellsOf`, with the seconds each should take. */
export function plan(profile: Profile): readonly Experiment[] {
  return cellsOf(profile).flatMap(({ approach, names, inputs }) =>
    names.map((name, part) => {
      const input = inputs[part] as ScalingFitsInput;
      return {
        ...{ name, input, kind: 'scalingFits', data: [], version: 1 },
        cost: input.repetitions * input.resamples * seconds[approach],
      };
    }),
  );
}
