import type { Profile, SuitePlan } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';
import {
  type Arm,
  type ArmOutcome,
  defineProtocol,
  type Knobs,
  type Protocol,
  type Space,
} from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import { namedLaws, randomLaws } from './tasks.ts';

/** What are compared: μP, and standard parameterization as the foil. */
export type ParameterizationName = 'mup' | 'sp';

/**
 * One arm and where it stands in the comparison: `named` and `random` tasks decide; `fixed` are named ones with
 * the init scale left as it is usually, to show what tuning it does.
 */
export interface Cell {
  readonly group: 'named' | 'random' | 'fixed';
  readonly task: Task;
  readonly parameterization: ParameterizationName;
  readonly width: number;
  readonly arm: Arm;
}

/** An arm with what it came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
}

/** Hidden layers; weight layers are one more. */
export const DEPTH = 2;

/** Examples a step, the same at every width. */
export const BATCH = 32;

/** The width at which all parameterizations are the same. */
export const BASE_WIDTH = 32;

/** What is tuned and what is not. */
interface Tuning {
  readonly knobs: Knobs;
  readonly space: Space;
}

/** With γ fixed at 1 the two knobs cover every (η, σ, γ): see `homogeneity.test.ts`. */
const both: Tuning = {
  knobs: { richness: 1 },
  space: [
    { name: 'learningRate', base: 1, min: -6, max: -2, limits: [-16, 6], stride: 2 },
    { name: 'initScale', base: 1, min: -2, max: 0, limits: [-7, 3] },
  ],
};

/** Where the knobs of deciding arms are searched. */
export const searchSpace: Space = both.space;

/** The init scale that keeps ReLU signals at their size (He et al. 2015, 1502.01852). */
const rateAlone: Tuning = {
  knobs: { richness: 1, initScale: Math.SQRT2 },
  space: [{ name: 'learningRate', base: 1, min: -8, max: -2, limits: [-11, 0], stride: 2 }],
};

/**
 * Pilots, from which the plan and the rule took their shape, had the seeds of replicate 0. A first run, replicate 1, judged
 * arms at what was best before their slice; the guard of the rule against badly tuned arms came after it. A second one,
 * replicate 2, did not enclose winners.
 */
const REPLICATE = 3;

interface Scale {
  readonly widths: readonly number[];
  readonly randomWidths: readonly number[];
  readonly fixedWidths: readonly number[];
  readonly steps: number;
  readonly randomSteps: number;
  readonly protocol: Protocol;
}

const doublings = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.log2(to / from) + 1 }, (_, i) => from * 2 ** i);

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    widths: [8, 32],
    randomWidths: [8, 32],
    fixedWidths: [],
    steps: 60,
    randomSteps: 60,
    protocol: defineProtocol({
      searchTrials: 6,
      confirm: 2,
      sliceRadius: 1,
      judgeSeeds: 3,
      replicate: REPLICATE,
    }),
  },
  standard: {
    widths: doublings(8, 256),
    randomWidths: [8, 32, 128],
    fixedWidths: [8, 32, 128],
    steps: 800,
    randomSteps: 400,
    protocol: defineProtocol({
      searchTrials: 14,
      confirm: 2,
      tuningSeeds: 3,
      enclose: 2,
      sliceRadius: 2,
      judgeSeeds: 6,
      replicate: REPLICATE,
    }),
  },
  full: {
    widths: doublings(8, 4096),
    randomWidths: [8, 32, 128, 512],
    fixedWidths: doublings(8, 4096),
    steps: 10_000,
    randomSteps: 2000,
    protocol: defineProtocol({
      searchTrials: 24,
      tuningSeeds: 4,
      enclose: 2,
      judgeSeeds: 10,
      replicate: REPLICATE,
    }),
  },
};

/** The network of a width, and how it is trained. */
export function shapeOf(width: number): Shape {
  return {
    model: { kind: 'mlp', width, depth: DEPTH, activation: 'relu', bias: false, centred: false },
    optimizer: { kind: 'sgd' },
    batch: BATCH,
  };
}

/** Every arm of a profile over the tasks that are to be had, in order. */
export function cellsOf(profile: Profile, tasks: readonly Task[]): readonly Cell[] {
  const { widths, randomWidths, fixedWidths, steps, randomSteps } = scales[profile];
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const found = (laws: readonly Task['law'][]) =>
    laws.flatMap((law) => byName.get(taskName(law)) ?? []);
  const inBoth = (task: Task, group: Cell['group'], over: readonly number[]) =>
    (['mup', 'sp'] as const).flatMap((parameterization) =>
      over.map((width) => cell({ group, task, parameterization, width, steps })),
    );
  return [
    ...found(namedLaws(profile)).flatMap((task) => [
      ...inBoth(task, 'named', widths),
      ...inBoth(task, 'fixed', fixedWidths),
    ]),
    ...found(randomLaws(profile)).flatMap((task) =>
      randomWidths.map((width) =>
        cell({ group: 'random', task, parameterization: 'mup', width, steps: randomSteps }),
      ),
    ),
  ];
}

function cell({ steps, ...where }: Omit<Cell, 'arm'> & { readonly steps: number }): Cell {
  const { group, task, parameterization, width } = where;
  const arm: Arm = {
    name: `${task.name} ${parameterization} ${width}${group === 'fixed' ? ' fixed' : ''}`,
    task: task.law,
    data: task.data,
    shape: shapeOf(width),
    parameterization: { name: parameterization, baseWidth: BASE_WIDTH },
    schedule: { kind: 'constant' },
    ...(group === 'fixed' ? rateAlone : both),
    steps,
  };
  return { ...where, arm };
}

/** Arms and protocol of a profile. */
export function planOf(profile: Profile, tasks: readonly Task[]): SuitePlan {
  return {
    arms: cellsOf(profile, tasks).map(({ arm }) => arm),
    protocol: scales[profile].protocol,
  };
}
