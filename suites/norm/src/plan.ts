import type { Profile, SuitePlan } from '@hyperlaw/cli';
import {
  type Arm,
  type ArmOutcome,
  defineProtocol,
  neighboursOn,
  type Protocol,
} from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import { type Contestant, contestantsOf, type Net, shapeOf } from './contestants.ts';
import { familiesOf, textLaws } from './tasks.ts';
import { tuningOf } from './tuning.ts';

/** One arm and where it stands: contests are decided by family of tasks and depth. */
export interface Cell {
  readonly net: Net;
  /** Of the contest: a family of tasks at a depth. */
  readonly contest: string;
  readonly title: string;
  readonly task: Task;
  readonly depth: number;
  readonly contestant: Contestant;
  readonly arm: Arm;
}

/** An arm with what it came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
}

/**
 * A pilot has the seeds of replicate 0, a first whole run, of arms that borrowed nothing, those of replicate 1. A second,
 * replicate 2, judged arms at what was best before their slice.
 */
const REPLICATE = 3;

interface Scale {
  readonly width: number;
  readonly depth: number;
  /** Where depth is varied: on these families, at some instances of each. */
  readonly deep: {
    readonly depth: number;
    readonly kinds: readonly string[];
    readonly instances: number;
    readonly steps: number;
  };
  readonly steps: number;
  readonly transformer: { readonly width: number; readonly depth: number; readonly steps: number };
  readonly protocol: Protocol;
}

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    ...{
      width: 8,
      depth: 2,
      deep: { depth: 3, kinds: ['teacher'], instances: 1, steps: 16 },
      steps: 16,
    },
    transformer: { width: 8, depth: 1, steps: 8 },
    protocol: defineProtocol({
      ...{ searchTrials: 4, borrow: 1, confirm: 1, sliceRadius: 1, judgeSeeds: 3 },
      replicate: REPLICATE,
    }),
  },
  standard: {
    ...{ width: 32, depth: 4, steps: 256 },
    deep: {
      depth: 12,
      kinds: ['teacher', 'hierarchy'],
      instances: 2,
      steps: 192,
    },
    transformer: { width: 32, depth: 2, steps: 128 },
    protocol: defineProtocol({
      ...{ searchTrials: 14, borrow: 2, confirm: 2, tuningSeeds: 4, enclose: 2, sliceRadius: 2 },
      ...{ judgeSeeds: 8, replicate: REPLICATE },
    }),
  },
  full: {
    ...{ width: 128, depth: 6, steps: 4000 },
    deep: {
      depth: 32,
      kinds: ['typescript-bytes', 'mnist', 'teacher', 'hierarchy'],
      instances: 4,
      steps: 4000,
    },
    transformer: { width: 128, depth: 4, steps: 4000 },
    protocol: defineProtocol({
      ...{ searchTrials: 28, borrow: 2, enclose: 2, tuningSeeds: 4, judgeSeeds: 12 },
      replicate: REPLICATE,
    }),
  },
};

/** Sizes of a profile, for words. */
export const scaleOf = (profile: Profile): Omit<Scale, 'protocol'> => scales[profile];

/** Every arm of a profile over the tasks that are to be had, in order. */
export function cellsOf(profile: Profile, tasks: readonly Task[]): readonly Cell[] {
  const { width, depth, deep, steps, transformer } = scales[profile];
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const found = (law: Task['law']) => byName.get(taskName(law)) ?? [];
  const families = familiesOf(profile);
  const mlps = families.flatMap(({ kind, title, laws }) =>
    laws
      .flatMap(found)
      .flatMap((task) => cellsAt({ net: 'mlp', contest: kind, title, task, width, depth, steps })),
  );
  const deeper = families
    .filter(({ kind }) => deep.kinds.includes(kind))
    .flatMap(({ kind, title, laws }) =>
      laws
        .slice(0, deep.instances)
        .flatMap(found)
        .flatMap((task) =>
          cellsAt({
            ...{ net: 'mlp', contest: `${kind}, depth ${deep.depth}` },
            ...{
              title: `${title}, depth ${deep.depth}`,
              task,
              width,
              depth: deep.depth,
              steps: deep.steps,
            },
          }),
        ),
    );
  const text = textLaws(profile)
    .flatMap(found)
    .flatMap((task) =>
      cellsAt({
        ...{ net: 'transformer', contest: 'transformer', title: 'TypeScript bytes, transformer' },
        ...{ task, ...transformer },
      }),
    );
  return [...text, ...deeper, ...mlps];
}

function cellsAt({
  net,
  contest,
  title,
  task,
  width,
  depth,
  steps,
}: Pick<Cell, 'net' | 'contest' | 'title' | 'task' | 'depth'> & {
  readonly width: number;
  readonly steps: number;
}): readonly Cell[] {
  return contestantsOf(net).map((contestant): Cell => {
    const arm: Arm = {
      name: `${task.name} ${net} ${depth} ${contestant.id}`,
      task: task.law,
      data: task.data,
      shape: shapeOf(net, contestant, { depth, width }),
      parameterization: { name: 'mup', baseWidth: width },
      schedule: { kind: 'constant' },
      ...tuningOf(net, contestant),
      steps,
    };
    return { net, contest, title, task, depth, contestant, arm };
  });
}

/** Arms, protocol and neighbours of a profile. */
export function planOf(profile: Profile, tasks: readonly Task[]): SuitePlan {
  const cells = cellsOf(profile, tasks);
  return {
    arms: cells.map(({ arm }) => arm),
    protocol: scales[profile].protocol,
    neighbours: neighboursOn(laddersOf(cells)),
  };
}

/**
 * The depths of every contestant in a task. No other ladder: normed nets and their replacements must borrow alike, and
 * only depth is a ladder of both.
 */
function laddersOf(cells: readonly Cell[]): readonly (readonly Arm[])[] {
  const ladders = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = [cell.net, cell.task.name, cell.contestant.id].join();
    ladders.set(name, [...(ladders.get(name) ?? []), cell]);
  }
  return [...ladders.values()].map((ladder) =>
    [...ladder].sort((a, b) => a.depth - b.depth).map(({ arm }) => arm),
  );
}
