import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { type DeepLinearMode, smallStartStrengths, timeToStrength } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import type { Course, CourseInput } from './course.ts';
import type { Start } from './starts.ts';

/** Sizes of every net, with singular values far enough apart for plateaus. */
const sizes = { width: 16, inputDim: 8, outputDim: 5, singularValues: [4, 2, 1] } as const;
export const { singularValues } = sizes;
const POINTS = 100;
const DEVIATION = 1e-3;

interface Grid {
  readonly initials: readonly number[];
  readonly nets: number;
  /** Steps between points. */
  readonly every: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { initials: [1e-2, 1e-3], nets: 2, every: 15 },
  standard: { initials: [1e-2, 1e-3, 1e-4, 1e-5, 1e-6], nets: 8, every: 150 },
  full: { initials: [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8], nets: 32, every: 1000 },
};

const nameOf = ({ layers, start }: Pick<CourseInput, 'layers' | 'start'>): string =>
  start.kind === 'aligned'
    ? `deep-linear ${layers} layers, aligned at ${start.initial}`
    : `deep-linear ${layers} layers, random of ${start.deviation}`;

const titleOf = (input: CourseInput): string => `Course: ${nameOf(input)}`;

function courseInput(profile: Profile, layers: number, start: Start, index: number): CourseInput {
  const { every, nets } = grids[profile];
  // Random starts have strengths of about width × deviation²/2.
  const initial =
    start.kind === 'aligned' ? start.initial : (sizes.width * start.deviation ** 2) / 4;
  const slowest = { depth: layers, singularValue: Math.min(...singularValues), initial };
  const end = 1.1 * timeToStrength(slowest, 0.99 * slowest.singularValue);
  return {
    ...sizes,
    ...{ layers, start, every, points: POINTS },
    learningRate: end / (POINTS * every),
    seeds: Array.from({ length: nets }, (_, s) => 500_000 + 1000 * index + s),
  };
}

function inputsOf(profile: Profile): readonly CourseInput[] {
  const { initials } = grids[profile];
  const aligned = [2, 3].flatMap((layers) =>
    initials.map((initial) => ({ layers, start: { kind: 'aligned', initial } as const })),
  );
  const random = { layers: 2, start: { kind: 'random', deviation: DEVIATION } as const };
  return [...aligned, random].map(({ layers, start }, i) => courseInput(profile, layers, start, i));
}

/** One experiment for every depth and aligned start, and one for random starts of two layers. */
export function planCourses(profile: Profile): readonly Experiment[] {
  return inputsOf(profile).map((input) => ({
    name: nameOf(input),
    kind: 'linearCourse',
    input,
    data: [],
    version: 1,
    cost: 0.1 + input.points * input.every * input.seeds.length * input.layers * 1e-6,
  }));
}

/** What was measured of nets of one depth and start, beside the modes that theory gives each net. */
export interface Measured extends Course {
  readonly input: CourseInput;
  readonly times: readonly number[];
  /** `[net][mode]`. */
  readonly modes: readonly (readonly DeepLinearMode[])[];
}

/** Measured courses beside the exact modes of each net; what could not be measured is `missing`. */
export function coursesOf(evidence: Evidence): Readings<Measured> {
  return readEach(inputsOf(evidence.profile), titleOf, (input) => {
    const course = resultOf<Course>(evidence, nameOf(input));
    const { start, layers: depth, learningRate, every, points, seeds } = input;
    return {
      ...course,
      input,
      times: Array.from({ length: points + 1 }, (_, i) => i * every * learningRate),
      modes: seeds.map((_, net) => {
        const initials =
          start.kind === 'aligned'
            ? singularValues.map(() => start.initial)
            : smallStartStrengths(course.growing[net] ?? []);
        return singularValues.map((singularValue, k) => ({
          ...{ depth, singularValue, initial: initials[k] as number },
        }));
      }),
    };
  });
}

/** The courses of one depth and kind of start, from the largest start to the smallest. */
export const coursesWith = (
  courses: readonly Measured[],
  layers: number,
  kind: Start['kind'],
): readonly Measured[] =>
  courses.filter(({ input }) => input.layers === layers && input.start.kind === kind);
