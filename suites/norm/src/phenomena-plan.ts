import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { seedsOf } from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import type { Course, CourseInput } from './course.ts';
import {
  doses,
  kinds,
  oneRate,
  ownRate,
  type Phenomenon,
  phenomenonShape,
  placements,
  scaleKnobs,
} from './phenomenon-nets.ts';
import type { Plane, PlaneInput } from './plane.ts';
import { phenomenonLaws } from './tasks.ts';

/** Whether all weights have the same rate, or all but the readout's have one of their own. */
export type Rates = 'one' | 'own';

/** Sizes of the phenomena's experiments. */
export interface PhenomenaScale {
  readonly width: number;
  readonly depth: number;
  /** Of nets whose signals are followed through depth. */
  readonly deep: number;
  readonly steps: number;
  readonly courseSteps: number;
  readonly deepSteps: number;
  readonly seeds: number;
  /** Exponents of two, from and to: of the rate of all weights, and of that of all but the readout’s. */
  readonly rates: Readonly<Record<Rates, readonly [low: number, high: number]>>;
  readonly scales: readonly number[];
}

const sizes: Readonly<Record<Profile, PhenomenaScale>> = {
  smoke: {
    ...{ width: 8, depth: 4, deep: 5, steps: 12, courseSteps: 16, deepSteps: 8, seeds: 3 },
    ...{ rates: { one: [-4, 0], own: [-4, 0] }, scales: [1 / 4, 1, 4] },
  },
  standard: {
    ...{ width: 32, depth: 4, deep: 12, steps: 128, courseSteps: 512, deepSteps: 192, seeds: 5 },
    ...{ rates: { one: [-13, 2], own: [-8, 8] }, scales: [1 / 4, 1 / 2, 1, 2, 4] },
  },
  full: {
    ...{
      width: 128,
      depth: 6,
      deep: 24,
      steps: 2000,
      courseSteps: 8192,
      deepSteps: 2000,
      seeds: 8,
    },
    ...{
      rates: { one: [-18, 5], own: [-12, 12] },
      scales: [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16],
    },
  },
};

/** Widths, depths, steps and ranges of rates that a profile looks at phenomena with. */
export const phenomenaScale = (profile: Profile): PhenomenaScale => sizes[profile];

/** Exponents of two of a plane's rates. */
export function rateExponents(profile: Profile, rates: Rates): readonly number[] {
  const [low, high] = sizes[profile].rates[rates];
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** Of the rates of a course: only the weights that norms follow have them, so that they can be large. */
export function courseExponents(profile: Profile): readonly number[] {
  const [low, high] = profile === 'smoke' ? [-3, -1] : [-8, 7];
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** Of the rates of deep nets, which are there for their signals; all weights have them. */
export function deepExponents(profile: Profile): readonly number[] {
  return profile === 'smoke' ? [-3] : [-13, -11, -9, -7, -5, -3, -1];
}

/** Numbers of steps at which the weights of courses are looked at. */
export function stopsOf(profile: Profile): readonly number[] {
  const { courseSteps } = sizes[profile];
  const doublings = Math.floor(Math.log2(courseSteps));
  return Array.from({ length: doublings + 1 }, (_, i) => 2 ** i);
}

/** The planes that are trained: every net with one rate, normed ones also with a rate of their own. */
export const planes: readonly { readonly phenomenon: Phenomenon; readonly rates: Rates }[] = [
  ...[...kinds, ...doses, ...placements].map((phenomenon) => ({
    phenomenon,
    rates: 'one' as const,
  })),
  ...kinds.slice(1).map((phenomenon) => ({ phenomenon, rates: 'own' as const })),
];

const planeName = (task: string, { id }: Phenomenon, rates: Rates) =>
  `plane ${task} ${id}, ${rates} rate`;
const courseName = (task: string, { id }: Phenomenon, depth: number) =>
  `course ${task} ${id}, depth ${depth}`;

/** Which nets' courses are followed, by depth. */
function coursesOf(profile: Profile) {
  const { depth, deep, courseSteps, deepSteps } = sizes[profile];
  return [
    ...kinds.map((phenomenon) => ({
      ...{ phenomenon, depth, rates: courseExponents(profile).map((e) => ownRate(2 ** e)) },
      ...{ steps: courseSteps, stops: stopsOf(profile) },
    })),
    ...[...kinds, ...placements].map((phenomenon) => ({
      ...{ phenomenon, depth: deep, rates: deepExponents(profile).map((e) => oneRate(2 ** e)) },
      ...{ steps: deepSteps, stops: [deepSteps] },
    })),
  ];
}

/** Phenomena are looked at on seeds that neither tune nor judge. */
const PHENOMENA_REPLICATE = 101;

/** Every experiment of a profile over the tasks that are to be had. */
export function phenomenaPlan(profile: Profile, tasks: readonly Task[]): readonly Experiment[] {
  const { width, depth, seeds: count, steps, scales } = sizes[profile];
  const seeds = seedsOf('tuning', count, PHENOMENA_REPLICATE);
  return phenomenonTasks(profile, tasks).flatMap(({ name, law, data }) => [
    ...planes.map(({ phenomenon, rates }): Experiment => {
      const knobs = rates === 'one' ? oneRate : ownRate;
      const input: PlaneInput = {
        task: law,
        shape: phenomenonShape(phenomenon, { width, depth }),
        steps,
        scales: scales.map((scale) => scaleKnobs(phenomenon, scale)),
        rates: rateExponents(profile, rates).map((exponent) => knobs(2 ** exponent)),
        seeds,
      };
      const lanes = scales.length * input.rates.length * count;
      return {
        ...{ name: planeName(name, phenomenon, rates), kind: 'plane', input, data },
        ...{ version: 1, cost: 0.3 + lanes * steps * 3e-5 },
      };
    }),
    ...coursesOf(profile).map(({ phenomenon, depth: layers, rates, ...course }): Experiment => {
      const input: CourseInput = {
        task: law,
        shape: phenomenonShape(phenomenon, { width, depth: layers }),
        knobs: scaleKnobs(phenomenon, 1),
        rates,
        seeds,
        ...course,
      };
      return {
        ...{ name: courseName(name, phenomenon, layers), kind: 'course', input, data },
        ...{ version: 1, cost: 0.5 + rates.length * count * course.steps * layers * 8e-6 },
      };
    }),
  ]);
}

/** The tasks of the phenomena that are to be had. */
export function phenomenonTasks(profile: Profile, tasks: readonly Task[]): readonly Task[] {
  const names = phenomenonLaws(profile).map(taskName);
  return tasks.filter(({ name }) => names.includes(name));
}

/** A plane of a task; null where it could not be made. */
export function planeOf(
  { measured }: Pick<Evidence, 'measured'>,
  task: Task,
  phenomenon: Phenomenon,
  rates: Rates = 'one',
): Plane | null {
  const found = measured<Plane>(planeName(task.name, phenomenon, rates));
  return found.status === 'done' ? found.result : null;
}

/** A course of a task; null where it could not be followed. */
export function courseOf(
  { measured }: Pick<Evidence, 'measured'>,
  task: Task,
  phenomenon: Phenomenon,
  depth: number,
): Course | null {
  const found = measured<Course>(courseName(task.name, phenomenon, depth));
  return found.status === 'done' ? found.result : null;
}
