import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import { stableRate } from '@hyperlaw/theory';
import type { RichnessCourseInput } from './course.ts';
import type { RichnessKernelInput } from './kernel.ts';
import { fixedExamples, teacher } from './net.ts';
import type { RichnessSweepInput } from './sweep.ts';

export const tasks = (): readonly TaskLaw[] => [teacher, fixedExamples];

interface Sizes {
  /** Numbers of weight layers L. */
  readonly layers: readonly number[];
  /** Richness values from 0.001, this many a decade. */
  readonly density: number;
  readonly plane: { readonly seeds: number; readonly steps: number };
  readonly edges: { readonly seeds: number; readonly steps: number };
  readonly lazySeeds: number;
  readonly courses: { readonly seeds: number; readonly steps: number };
}

export const sizes: Readonly<Record<Profile, Sizes>> = {
  smoke: {
    layers: [2],
    density: 1,
    plane: { seeds: 2, steps: 30 },
    edges: { seeds: 2, steps: 60 },
    lazySeeds: 2,
    courses: { seeds: 2, steps: 300 },
  },
  standard: {
    layers: [2, 3],
    density: 2,
    plane: { seeds: 6, steps: 1000 },
    edges: { seeds: 6, steps: 200 },
    lazySeeds: 16,
    courses: { seeds: 6, steps: 4000 },
  },
  full: {
    layers: [2, 3, 4],
    density: 4,
    plane: { seeds: 12, steps: 2000 },
    edges: { seeds: 12, steps: 1000 },
    lazySeeds: 64,
    courses: { seeds: 24, steps: 20_000 },
  },
};

export const WIDTH = 64;

/** Wider, where the infinitely wide kernel's number is to be met. */
const LAZY_WIDTH = 128;

/** Rates an octave where edges of stability are looked for. */
export const EDGE_DENSITY = 8;

/** Steps within which the edge of wide lazy nets is looked for. */
const LAZY_STEPS = 60;

/** γ = 10^{−3} … 10^decade, without the last bits of powers of ten. */
function richnessUpTo(decade: number, density: number): readonly number[] {
  return Array.from({ length: (decade + 3) * density + 1 }, (_, i) =>
    Number((10 ** (i / density - 3)).toPrecision(6)),
  );
}

/** Where theory bends its lines, and about where sweeps are laid; their constant is met within ranges of octaves. */
export const shapeOfPlane = (layers: number, richness: number): number =>
  (layers / 2) * stableRate({ layers, richness });

const PLACED = 1.5;

/** Rates 2^{i/density} within octaves of the shape. */
function ratesAround(
  { layers, richness }: { readonly layers: number; readonly richness: number },
  [below, above]: readonly [number, number],
  density: number,
): readonly number[] {
  const centre = Math.log2(PLACED * shapeOfPlane(layers, richness));
  const [first, last] = [
    Math.ceil(density * (centre - below)),
    Math.floor(density * (centre + above)),
  ];
  return Array.from({ length: last - first + 1 }, (_, i) => 2 ** ((first + i) / density));
}

const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** Octaves below and above the shape in which the best rate is looked for, and which all seeds train. */
const BAND = [6, 3] as const;

/** Sweeps with fresh examples, one a richness: the band around the shape. */
export function planeSweeps(profile: Profile): readonly RichnessSweepInput[] {
  const { layers, density, plane } = sizes[profile];
  return layers.flatMap((layer) =>
    richnessUpTo(3, density).map((richness) => ({
      ...{ task: teacher, layers: layer, width: WIDTH, richness, steps: plane.steps },
      rates: ratesAround({ layers: layer, richness }, BAND, 2),
      seeds: seedsFrom(201, plane.seeds),
    })),
  );
}

/** The rest of the plane, one seed: what lies far from the shape. */
export function farSweeps(profile: Profile): readonly RichnessSweepInput[] {
  const bands = planeSweeps(profile);
  return bands.map((band) => {
    const own = bands.flatMap(({ rates }) => rates);
    const [lowest, highest] = [2 * Math.log2(Math.min(...own)), 2 * Math.log2(Math.max(...own))];
    const all = Array.from(
      { length: Math.round(highest - lowest) + 1 },
      (_, i) => 2 ** ((lowest + i) / 2),
    );
    const rates = all.filter((rate) => !band.rates.includes(rate));
    return { ...band, rates, seeds: band.seeds.slice(0, 1) };
  });
}

/** Sweeps on fixed examples, for the edge of stability. */
export function edgeSweeps(profile: Profile): readonly RichnessSweepInput[] {
  const { layers, density, edges } = sizes[profile];
  return layers.flatMap((layer) =>
    richnessUpTo(3, density).map((richness) => ({
      ...{ task: fixedExamples, layers: layer, width: WIDTH, richness, steps: edges.steps },
      rates: ratesAround({ layers: layer, richness }, [1.25, 2.75], EDGE_DENSITY),
      seeds: seedsFrom(221, edges.seeds),
    })),
  );
}

/** The same for wider nets, deep in the lazy regime. */
export function lazySweeps(profile: Profile): readonly RichnessSweepInput[] {
  const { layers, lazySeeds } = sizes[profile];
  return layers.flatMap((layer) =>
    // Two values whose rates fall between each other's.
    [0.01, 0.0109].map((richness) => ({
      ...{ task: fixedExamples, layers: layer, width: LAZY_WIDTH, richness, steps: LAZY_STEPS },
      rates: ratesAround({ layers: layer, richness }, [1.25, 1.25], EDGE_DENSITY),
      seeds: seedsFrom(241, lazySeeds),
    })),
  );
}

export function kernels(profile: Profile): readonly RichnessKernelInput[] {
  return sizes[profile].layers.map((layers) => ({ task: fixedExamples, layers }));
}

/** Nets followed at a sixteenth of the shape, where descent is nearly the flow. */
export function courses(profile: Profile): readonly RichnessCourseInput[] {
  const { layers, density, courses: course } = sizes[profile];
  return layers.flatMap((layer) =>
    seedsFrom(261, course.seeds).map((seed) => ({
      ...{ task: fixedExamples, layers: layer, width: WIDTH, steps: course.steps, seed },
      cells: richnessUpTo(4, density).map((richness) => ({
        richness,
        learningRate: (PLACED / 10) * shapeOfPlane(layer, richness),
      })),
    })),
  );
}

export const sweepName = (
  what: 'plane' | 'far' | 'edge' | 'lazy edge',
  { layers, richness }: RichnessSweepInput,
): string => `richness ${what} L=${layers} γ=${richness}`;

export const kernelName = ({ layers }: RichnessKernelInput): string =>
  `richness kernel L=${layers}`;

export const courseName = ({ layers, seed }: RichnessCourseInput): string =>
  `richness course L=${layers} ${seed}`;

export function plan(profile: Profile): readonly Experiment[] {
  const common = { data: [], version: 1 };
  const sweeps = (what: Parameters<typeof sweepName>[0], all: readonly RichnessSweepInput[]) =>
    all.map((input) => {
      const { rates, seeds, steps, layers, width } = input;
      const perStep = 3e-6 + (layers - 1) * width ** 2 * 2e-9;
      const cost = 0.02 + rates.length * seeds.length * (2e-3 + steps * perStep);
      return { ...common, kind: 'richnessSweep', name: sweepName(what, input), input, cost };
    });
  return [
    ...sweeps('plane', planeSweeps(profile)),
    ...sweeps('far', farSweeps(profile)),
    ...sweeps('edge', edgeSweeps(profile)),
    ...sweeps('lazy edge', lazySweeps(profile)),
    ...kernels(profile).map((input) => ({
      ...{ ...common, kind: 'richnessKernel', name: kernelName(input), input, cost: 0.1 },
    })),
    ...courses(profile).map((input) => ({
      ...{ ...common, kind: 'richnessCourse', name: courseName(input), input },
      cost: 0.05 + input.steps * input.cells.length * 1e-5,
    })),
  ];
}
