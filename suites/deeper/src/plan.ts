import type { Profile, SuitePlan } from '@hyperlaw/cli';
import {
  type Arm,
  type ArmOutcome,
  defineProtocol,
  neighboursOn,
  type Protocol,
} from '@hyperlaw/sweep';
import { type Task, taskName } from '@hyperlaw/tasks';
import { type Anchor, type Comparison, comparisons, equalised } from './equal-budgets.ts';
import { type DepthRule, type Net, parameterizationOf, shapeOf } from './nets.ts';
import { namedLaws, randomLaws, textLaw } from './tasks.ts';
import { rateAlone, type Tuning, tuned } from './tuning.ts';

/**
 * One arm and where it stands: `named` and `random` tasks decide; `transfer` arms have only their rate tuned, with
 * all scales as a depth rule sets them.
 */
export interface Cell {
  readonly group: 'named' | 'random' | 'transfer';
  readonly net: Net;
  /** The comparisons it takes part in: the anchor is in all. */
  readonly comparisons: readonly Comparison[];
  readonly task: Task;
  readonly rule: DepthRule;
  readonly depth: number;
  readonly width: number;
  readonly arm: Arm;
}

/** An arm with what it came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
}

/**
 * A pilot had the seeds of replicate 0. A first whole run, replicate 1, left a quarter of its arms on an edge for want of
 * measured neighbours, and some winners so near to divergence that judging seeds went over: more tuning seeds and
 * enclosed winners since then. A second one, replicate 2, went to depth 32, and its arms borrowed nothing. A third, replicate
 * 3, had five named tasks for MLPs. A fourth, replicate 4, judged arms at what was best before their slice. The same rule now,
 * and seeds that none of them saw.
 */
const REPLICATE = 5;

/** Depths, and the net at whose size the others are made equal. */
interface Ladder {
  readonly depths: readonly number[];
  readonly anchor: Anchor;
}

interface Scale {
  readonly named: Ladder;
  readonly random: Ladder;
  readonly transformer: Ladder;
  /** Depths of the arms whose rate alone is tuned. */
  readonly transfer: readonly number[];
  readonly protocol: Protocol;
}

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    named: { depths: [1, 4], anchor: { depth: 1, width: 16, steps: 40 } },
    random: { depths: [1, 4], anchor: { depth: 1, width: 16, steps: 40 } },
    transformer: { depths: [1, 2], anchor: { depth: 1, width: 16, steps: 20 } },
    transfer: [],
    protocol: defineProtocol({
      searchTrials: 6,
      borrow: 1,
      confirm: 2,
      sliceRadius: 1,
      judgeSeeds: 3,
      replicate: REPLICATE,
    }),
  },
  standard: {
    named: {
      depths: [1, 2, 4, 8, 16, 32, 64],
      anchor: { depth: 8, width: 32, steps: 320 },
    },
    random: { depths: [1, 4, 16], anchor: { depth: 4, width: 32, steps: 240 } },
    transformer: {
      depths: [1, 2, 3, 4, 6, 8],
      anchor: { depth: 3, width: 32, steps: 200 },
    },
    transfer: [1, 4, 16, 64],
    protocol: defineProtocol({
      searchTrials: 20,
      borrow: 2,
      confirm: 2,
      tuningSeeds: 4,
      enclose: 4,
      sliceRadius: 2,
      judgeSeeds: 6,
      replicate: REPLICATE,
    }),
  },
  full: {
    named: {
      depths: [1, 2, 4, 8, 16, 32, 64],
      anchor: { depth: 8, width: 128, steps: 5000 },
    },
    random: { depths: [1, 4, 16, 64], anchor: { depth: 4, width: 64, steps: 2000 } },
    transformer: {
      depths: [1, 2, 4, 8, 16, 32],
      anchor: { depth: 4, width: 128, steps: 5000 },
    },
    transfer: [1, 2, 4, 8, 16, 32, 64],
    protocol: defineProtocol({
      searchTrials: 36,
      borrow: 2,
      enclose: 4,
      tuningSeeds: 4,
      judgeSeeds: 10,
      replicate: REPLICATE,
    }),
  },
};

/** Depths and anchors of a profile, for words. */
export const scaleOf = (profile: Profile): Omit<Scale, 'protocol'> => scales[profile];

/** The rule of the arms that decide: under SGD the multiplier makes all rules one (see `one-family.test.ts`). */
const RULES: Readonly<Record<Net, DepthRule>> = {
  residual: 'sqrt',
  plain: 'none',
  transformer: 'completep',
};

/** The arms whose rate alone is tuned. */
export const transfers: readonly {
  readonly net: 'residual' | 'plain';
  readonly rule: DepthRule;
}[] = [
  { net: 'plain', rule: 'none' },
  { net: 'residual', rule: 'none' },
  { net: 'residual', rule: 'sqrt' },
  { net: 'residual', rule: 'completep' },
];

/** Every arm of a profile over the tasks that are to be had, in order. */
export function cellsOf(profile: Profile, tasks: readonly Task[]): readonly Cell[] {
  const { named, random, transformer, transfer } = scales[profile];
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const found = (laws: readonly Task['law'][]) =>
    laws.flatMap((law) => byName.get(taskName(law)) ?? []);
  return [
    ...found([textLaw]).flatMap((task) =>
      compared({ group: 'named', net: 'transformer', task }, transformer),
    ),
    ...found(namedLaws(profile)).flatMap((task) => [
      ...compared({ group: 'named', net: 'residual', task }, named),
      ...compared({ group: 'named', net: 'plain', task }, named),
      ...transferred(task, { depths: transfer, anchor: named.anchor }),
    ]),
    ...found(randomLaws(profile)).flatMap((task) =>
      compared({ group: 'random', net: 'residual', task }, random),
    ),
  ];
}

type Where = Pick<Cell, 'group' | 'net' | 'task'>;

/** The arms of all three comparisons; where two have the same net and steps, it is one arm. */
function compared(where: Where, { depths, anchor }: Ladder): readonly Cell[] {
  const { net, task, group } = where;
  const cells = new Map<string, Cell>();
  for (const comparison of comparisons) {
    for (const depth of depths) {
      const { width, steps } = equalised(net, task, { comparison, depth, anchor });
      const name = `${task.name} ${net}${group === 'random' ? ' random' : ''} ${depth}x${width}, ${steps} steps`;
      const known = cells.get(name);
      cells.set(name, {
        ...where,
        ...{ rule: RULES[net], depth, width },
        comparisons: [...(known?.comparisons ?? []), comparison],
        arm: armOf({ name, net, task, rule: RULES[net], depth, width, steps }, tuned[net], anchor),
      });
    }
  }
  return [...cells.values()];
}

/** Arms of one depth stand together, since those of residual nets train as lanes of one program. */
function transferred(task: Task, { depths, anchor }: Ladder): readonly Cell[] {
  const { width, steps } = anchor;
  return depths.flatMap((depth) =>
    transfers.map(({ net, rule }): Cell => {
      const name = `${task.name} ${net} ${rule} ${depth}, rate alone`;
      const what = { name, net, task, rule, depth, width, steps };
      const arm = armOf(what, rateAlone[net], anchor);
      return { group: 'transfer', net, task, rule, depth, width, comparisons: ['width'], arm };
    }),
  );
}

function armOf(
  {
    name,
    net,
    task,
    rule,
    depth,
    width,
    steps,
  }: Pick<Cell, 'net' | 'task' | 'rule' | 'depth' | 'width'> & {
    readonly name: string;
    readonly steps: number;
  },
  { knobs, space }: Tuning,
  anchor: Anchor,
): Arm {
  return {
    name,
    task: task.law,
    data: task.data,
    shape: shapeOf(net, { depth, width }),
    parameterization: parameterizationOf(net, anchor.width, rule),
    schedule: { kind: 'constant' },
    knobs,
    space,
    steps,
  };
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

/** Depths in their order: one ladder for every task, net, rule and comparison. */
function laddersOf(cells: readonly Cell[]): readonly (readonly Arm[])[] {
  const ladders = new Map<string, Cell[]>();
  for (const cell of cells) {
    const { group, net, task, rule } = cell;
    for (const comparison of cell.comparisons) {
      const name = [group, net, task.name, rule, comparison].join();
      ladders.set(name, [...(ladders.get(name) ?? []), cell]);
    }
  }
  return [...ladders.values()].map((ladder) =>
    [...ladder].sort((a, b) => a.depth - b.depth).map(({ arm }) => arm),
  );
}
