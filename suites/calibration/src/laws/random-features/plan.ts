import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { RandomFeaturesInput } from './measure.ts';
import type { Ridge } from './ridges.ts';
import { spectra } from './spectra.ts';

type Sizes = RandomFeaturesInput['sizes'];

/** Draws an experiment, and experiments a spectrum. */
interface Draws {
  readonly draws: number;
  readonly parts: number;
}

interface Profiled {
  readonly titles: readonly string[];
  /** Of samples and of features: every pair of two is measured. */
  readonly sides: readonly number[];
  /** Products n·k that are divided in different ways. */
  readonly budgets: readonly number[];
  /** Sizes at which the ridge is varied. */
  readonly ridged: Sizes;
  readonly grid: Draws;
  readonly allocation: Draws;
  readonly ridge: Draws;
}

const profiles: Readonly<Record<Profile, Profiled>> = {
  smoke: {
    titles: ['fast power law'],
    sides: [16, 32],
    budgets: [1024],
    grid: { draws: 3, parts: 1 },
    allocation: { draws: 3, parts: 1 },
    ridged: [[32, 32]],
    ridge: { draws: 3, parts: 1 },
  },
  standard: {
    titles: Object.keys(spectra),
    sides: [16, 32, 64, 128, 256],
    budgets: [1024, 4096],
    grid: { draws: 8, parts: 8 },
    allocation: { draws: 100, parts: 4 },
    ridged: [
      [64, 64],
      [64, 128],
      [128, 64],
    ],
    ridge: { draws: 50, parts: 4 },
  },
  full: {
    titles: Object.keys(spectra),
    sides: [16, 32, 64, 128, 256, 512],
    budgets: [1024, 4096, 16_384],
    grid: { draws: 20, parts: 20 },
    allocation: { draws: 200, parts: 20 },
    ridged: [
      [64, 64],
      [64, 128],
      [128, 64],
      [128, 128],
      [256, 256],
    ],
    ridge: { draws: 50, parts: 20 },
  },
};

/** Near ridgeless, in between, and the best; the first are shares of Σλ. */
export const ridges: readonly Ridge[] = [0.01, 0.1, 'optimal'];

/** Octaves from the theory's best at which the ridge is varied. */
export const OCTAVES = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

/** Halves of a doubling of n/k on either side of n = k. */
const DIVISIONS = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

/** What is measured of one spectrum. */
export interface Cell {
  readonly title: string;
  readonly kind: 'grid' | 'allocation' | 'ridge';
  readonly names: readonly string[];
  /** But for the seed. */
  readonly input: Omit<RandomFeaturesInput, 'seed'>;
  readonly seed: number;
}

const gridSizes = (sides: readonly number[]): Sizes =>
  sides.flatMap((n) => sides.map((k) => [n, k] as const));

/** Ways of dividing a budget. */
const divisionsOf = (budget: number): Sizes =>
  DIVISIONS.map((j) => {
    const n = Math.round(Math.sqrt(budget) * 2 ** (j / 2));
    return [n, Math.round(budget / n)] as const;
  });

/** What a profile measures; each cell in as many experiments as it has names. */
export function cellsOf(profile: Profile): readonly Cell[] {
  const { titles, sides, budgets, ridged, ...draws } = profiles[profile];
  const around = OCTAVES.map((octaves) => ({ timesOptimal: 2 ** octaves }));
  return titles.flatMap((title, i) => {
    const spectrum = spectra[title];
    if (spectrum === undefined) throw new Error(`unknown spectrum: ${title}`);
    const cell = (
      kind: Cell['kind'],
      { draws: each, parts }: Draws,
      rest: Pick<Cell['input'], 'sizes' | 'ridges'>,
      seed: number,
    ): Cell => ({
      ...{ title, kind, seed },
      names: Array.from({ length: parts }, (_, p) => `random-features ${kind} ${title} ${p + 1}`),
      input: { spectrum, ...rest, draws: each },
    });
    const divided = { sizes: budgets.flatMap(divisionsOf), ridges: ['optimal'] as const };
    return [
      cell('grid', draws.grid, { sizes: gridSizes(sides), ridges }, 8000 + 100 * i),
      cell('allocation', draws.allocation, divided, 8050 + 100 * i),
      cell('ridge', draws.ridge, { sizes: ridged, ridges: around }, 8075 + 100 * i),
    ];
  });
}

export function plan(profile: Profile): readonly Experiment[] {
  return cellsOf(profile).flatMap(({ names, input, seed }) =>
    names.map((name, part) => ({
      name,
      kind: 'randomFeatures',
      input: { ...input, seed: seed + part },
      data: [],
      version: 1,
      cost: input.draws * costOf(input),
    })),
  );
}

/** Seconds of a draw: numbers drawn, and solves in float64 among the fewer of samples and features. */
function costOf({ sizes, ridges: each, spectrum }: Cell['input']): number {
  const sides = sizes.flat();
  return sizes.reduce(
    (sum, [n, k]) => {
      const few = Math.min(n, k);
      return sum + 3e-9 * (n * k * few + (each.length * few ** 3) / 3);
    },
    1e-8 * 2 * spectrum.modes * Math.max(...sides),
  );
}
