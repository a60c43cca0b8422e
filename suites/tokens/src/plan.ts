import type { Profile, SuitePlan } from '@hyperlaw/cli';
import { parameterCount } from '@hyperlaw/core';
import { type Arm, defineProtocol, type Protocol } from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import { type Net, parameterization, predictionsPerStep, shapeOf } from './nets.ts';
import { difficultiesOf, languageLaw, texts } from './sources.ts';

/** One size at one budget. */
export interface Cell {
  readonly net: Net;
  readonly task: Task;
  /** N·D of the budget, a sixth of its operations; what the cell spends differs by less than a half step. */
  readonly budget: number;
  readonly width: number;
  /** N, all trained numbers. */
  readonly parameters: number;
  /** D, predictions trained on. */
  readonly tokens: number;
  readonly arm: Arm;
}

/** Budgets N·D, and the sizes that share them. */
interface Grid {
  readonly budgets: readonly number[];
  readonly widths: readonly number[];
  /** Fewest and most steps of a run: sizes that would need fewer or more are left out at that budget. */
  readonly steps: readonly [number, number];
}

interface Scale {
  readonly facts: Readonly<Record<Net, Grid>>;
  readonly text: Readonly<Record<Net, Grid>>;
  readonly protocol: Protocol;
}

const powers = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => first * 4 ** i);

/** Pilots had the seeds of replicate 0, a first run those of replicate 1. */
const REPLICATE = 2;

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    facts: {
      transformer: { budgets: powers(1e6, 2), widths: [3, 4, 6, 8], steps: [24, 400] },
      mlp: { budgets: powers(5e5, 2), widths: [3, 6, 12], steps: [24, 400] },
    },
    text: {
      transformer: { budgets: [], widths: [], steps: [24, 400] },
      mlp: { budgets: [], widths: [], steps: [24, 400] },
    },
    protocol: defineProtocol({
      ...{ screenFraction: 0.25, searchTrials: 4, confirm: 1, tuningSeeds: 1, sliceRadius: 1 },
      ...{ judgeSeeds: 2, replicate: REPLICATE },
    }),
  },
  standard: {
    facts: {
      transformer: {
        budgets: powers(4e6, 4),
        widths: [3, 4, 6, 8, 12, 16, 24, 32, 48],
        steps: [50, 7500],
      },
      mlp: {
        budgets: powers(1.5e6, 4),
        widths: [3, 4, 6, 8, 12, 16, 24, 32, 48],
        steps: [50, 7500],
      },
    },
    text: {
      transformer: {
        budgets: powers(4e7, 3),
        widths: [4, 6, 8, 12, 16, 24, 32, 48],
        steps: [50, 2500],
      },
      mlp: { budgets: powers(4e6, 3), widths: [4, 6, 8, 12, 16, 24, 32, 48], steps: [50, 4000] },
    },
    protocol: defineProtocol({
      ...{ screenFraction: 0.25, searchTrials: 4, confirm: 1, tuningSeeds: 1, sliceRadius: 2 },
      ...{ judgeSeeds: 10, replicate: REPLICATE },
    }),
  },
  full: {
    facts: {
      transformer: {
        budgets: powers(4e6, 6),
        widths: [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96],
        steps: [50, 32_000],
      },
      mlp: {
        budgets: powers(1.5e6, 6),
        widths: [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96],
        steps: [50, 32_000],
      },
    },
    text: {
      transformer: {
        budgets: powers(4e7, 5),
        widths: [4, 8, 12, 16, 24, 32, 48, 64, 96],
        steps: [50, 10_000],
      },
      mlp: {
        budgets: powers(4e6, 5),
        widths: [4, 6, 8, 12, 16, 24, 32, 48, 64],
        steps: [50, 16_000],
      },
    },
    protocol: defineProtocol({
      ...{ screenFraction: 0.25, searchTrials: 6, confirm: 2, tuningSeeds: 3, sliceRadius: 2 },
      ...{ judgeSeeds: 16, replicate: REPLICATE },
    }),
  },
};

/** Grids of a profile, for words. */
export const scaleOf = (profile: Profile): Scale => scales[profile];

/** Every arm of a profile over the tasks that are to be had, in order. */
export function cellsOf(profile: Profile, tasks: readonly Task[]): readonly Cell[] {
  const { facts, text } = scales[profile];
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const pairs = [
    ...(['transformer', 'mlp'] as const).flatMap((net) =>
      difficultiesOf(profile, net).map((each) => ({
        ...{ net, law: languageLaw(each), grid: facts[net] },
      })),
    ),
    ...texts[profile].map(({ net, law }) => ({ net, law, grid: text[net] })),
  ];
  return pairs.flatMap(({ net, law, grid }) => {
    const task = byName.get(taskName(law));
    return task ? gridCells(net, task, grid) : [];
  });
}

function gridCells(net: Net, task: Task, { budgets, widths, steps: [fewest, most] }: Grid) {
  const each = predictionsPerStep(net, task.law);
  return budgets.flatMap((budget) =>
    widths.flatMap((width): readonly Cell[] => {
      const parameters = parameterCount(shapeOf(net, task.law, width), task);
      const steps = Math.round(budget / (parameters * each));
      if (steps < fewest || steps > most) return [];
      const name = `${task.name} ${net} ${width}, ${steps} steps`;
      const tokens = steps * each;
      return [
        {
          ...{ net, task, budget, width, parameters, tokens },
          arm: armOf({ name, net, task, width, steps }),
        },
      ];
    }),
  );
}

function armOf({
  name,
  net,
  task,
  width,
  steps,
}: Pick<Cell, 'net' | 'task' | 'width'> & {
  readonly name: string;
  readonly steps: number;
}): Arm {
  return {
    name,
    task: task.law,
    data: task.data,
    shape: shapeOf(net, task.law, width),
    parameterization,
    // A run of its own for every D: the rate falls to zero at its end, as when a model is trained for that budget.
    schedule: { kind: 'linear' },
    knobs: { richness: 1, initScale: 1, beta1: 0.9, beta2: 0.99 },
    space: [{ name: 'learningRate', base: 1, min: -8, max: -4, limits: [-13, 0], stride: 2 }],
    steps,
  };
}

/** Arms and protocol of a profile. */
export function planOf(profile: Profile, tasks: readonly Task[]): SuitePlan {
  return {
    arms: cellsOf(profile, tasks).map(({ arm }) => arm),
    protocol: scales[profile].protocol,
  };
}
