import type { Profile, SuitePlan } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';
import { type Arm, defineProtocol, type Protocol, type Space } from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import { namedLaws, randomLaws } from './tasks.ts';

export type ParameterizationName = 'mup' | 'sp';

/** One arm and where it stands in the comparison. */
export interface Cell {
  readonly group: 'named' | 'random';
  readonly task: Task;
  readonly parameterization: ParameterizationName;
  readonly width: number;
  readonly arm: Arm;
}

/** Hidden layers; weight layers are one more. */
export const DEPTH = 2;
export const BATCH = 32;

/** The width at which all parameterizations are the same. */
export const BASE_WIDTH = 32;

/** Tuned together. With γ fixed at 1 they cover every (η, σ, γ): see `homogeneity.test.ts`. */
const space: Space = [
  { name: 'learningRate', base: 1, min: -6, max: -2, limits: [-16, 6], stride: 2 },
  { name: 'initScale', base: 1, min: -2, max: 0, limits: [-7, 3] },
];

interface Scale {
  readonly widths: readonly number[];
  readonly randomWidths: readonly number[];
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
    steps: 60,
    randomSteps: 60,
    protocol: defineProtocol({ searchTrials: 6, confirm: 2, sliceRadius: 1, judgeSeeds: 3 }),
  },
  standard: {
    widths: doublings(8, 256),
    randomWidths: [8, 32, 128],
    steps: 1000,
    randomSteps: 600,
    protocol: defineProtocol({
      searchTrials: 14,
      confirm: 2,
      tuningSeeds: 3,
      sliceRadius: 2,
      judgeSeeds: 6,
    }),
  },
  full: {
    widths: doublings(8, 4096),
    randomWidths: [8, 32, 128, 512],
    steps: 10_000,
    randomSteps: 2000,
    protocol: defineProtocol({ searchTrials: 24, tuningSeeds: 4, judgeSeeds: 10 }),
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
  const { widths, randomWidths, steps, randomSteps } = scales[profile];
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const found = (laws: readonly Task['law'][]) =>
    laws.flatMap((law) => byName.get(taskName(law)) ?? []);
  return [
    ...found(namedLaws(profile)).flatMap((task) =>
      (['mup', 'sp'] as const).flatMap((parameterization) =>
        widths.map((width) => cell('named', task, parameterization, width, steps)),
      ),
    ),
    ...found(randomLaws(profile)).flatMap((task) =>
      randomWidths.map((width) => cell('random', task, 'mup', width, randomSteps)),
    ),
  ];
}

function cell(
  group: Cell['group'],
  task: Task,
  parameterization: ParameterizationName,
  width: number,
  steps: number,
): Cell {
  const arm: Arm = {
    name: `${task.name} ${parameterization} ${width}`,
    task: task.law,
    data: task.data,
    shape: shapeOf(width),
    parameterization: { name: parameterization, baseWidth: BASE_WIDTH },
    schedule: { kind: 'constant' },
    knobs: { richness: 1 },
    space,
    steps,
  };
  return { group, task, parameterization, width, arm };
}

/** Arms and protocol of a profile. */
export function planOf(profile: Profile, tasks: readonly Task[]): SuitePlan {
  return {
    arms: cellsOf(profile, tasks).map(({ arm }) => arm),
    protocol: scales[profile].protocol,
  };
}
