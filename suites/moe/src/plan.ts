import type { Profile, SuitePlan } from '@hyperlaw/cli';
import {
  type Arm,
  type ArmOutcome,
  defineProtocol,
  type Protocol,
  type Space,
} from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import { type Axis, type AxisPoint, axisNames, pointsOf, type Sizes, shapeOf } from './axes.ts';
import {
  fixedKnobs,
  type Proposal,
  parameterizationOf,
  proposalNames,
  sameTraining,
} from './proposals.ts';

/** One net of one proposal on one axis; several may be one arm. */
export interface Cell extends AxisPoint {
  readonly task: Task;
  readonly proposal: Proposal;
  readonly arm: Arm;
}

/** A cell with what its arm came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
}

/** How much of the question a profile looks at: sizes as ratios to the base, axes, steps of every net, and its protocol. */
export interface Scale {
  readonly ratios: readonly number[];
  readonly axes: readonly Axis[];
  readonly steps: number;
  readonly protocol: Protocol;
}

/** Pilots, from which ranges and sizes were taken, had the seeds of replicate 0, a first run those of 1, watched nets have 2. */
const REPLICATE = 3;

/** Where the rate is searched. */
export const searchSpace: Space = [
  { name: 'learningRate', base: 1, min: -11, max: -3, limits: [-15, 2], stride: 2 },
];

const scales: Readonly<Record<Profile, Scale>> = {
  smoke: {
    ...{ ratios: [1 / 2, 1, 2], axes: ['width', 'all'], steps: 40 },
    protocol: defineProtocol({
      ...{ searchTrials: 4, confirm: 1, sliceRadius: 1, judgeSeeds: 2, replicate: REPLICATE },
    }),
  },
  standard: {
    ...{ ratios: [1 / 2, 1, 2, 4], axes: axisNames, steps: 256 },
    protocol: defineProtocol({
      ...{ searchTrials: 5, confirm: 1, tuningSeeds: 3, sliceRadius: 2, judgeSeeds: 2 },
      ...{ replicate: REPLICATE },
    }),
  },
  full: {
    ...{ ratios: [1 / 2, 1, 2, 4, 8, 16], axes: axisNames, steps: 4000 },
    protocol: defineProtocol({
      ...{ searchTrials: 8, confirm: 2, tuningSeeds: 4, sliceRadius: 3, judgeSeeds: 8 },
      ...{ replicate: REPLICATE },
    }),
  },
};

/** The scale of a profile; ratios rise, with 1 among them: the base is in every comparison. */
export const scaleOf = (profile: Profile): Scale => scales[profile];

/** Every net of every proposal that a profile compares, those that train alike sharing an arm. */
export function cellsOf(profile: Profile, tasks: readonly Task[]): readonly Cell[] {
  const { ratios, axes: compared, steps } = scales[profile];
  const points = pointsOf(compared, ratios).map((point) => ({
    ...point,
    same: sameTraining(point.sizes),
  }));
  return tasks.flatMap((task) =>
    points.flatMap(({ same, ...point }) =>
      proposalNames.map((proposal): Cell => {
        const arm = armOf({ task, sizes: point.sizes, proposal: same[proposal], steps });
        return { task, proposal, arm, ...point };
      }),
    ),
  );
}

function armOf({
  task,
  sizes,
  proposal,
  steps,
}: {
  readonly task: Task;
  readonly sizes: Sizes;
  readonly proposal: Proposal;
  readonly steps: number;
}): Arm {
  const { width, count, active, features } = sizes;
  return {
    name: `${task.name} ${proposal} ${width} ${active}/${count}x${features}`,
    task: task.law,
    data: task.data,
    shape: shapeOf(sizes),
    parameterization: parameterizationOf(proposal),
    schedule: { kind: 'constant' },
    knobs: fixedKnobs,
    space: searchSpace,
    steps,
  };
}

/** Arms, each once, and protocol of a profile. */
export function planOf(profile: Profile, tasks: readonly Task[]): SuitePlan {
  const arms = new Map(cellsOf(profile, tasks).map(({ arm }) => [arm.name, arm]));
  return { arms: [...arms.values()], protocol: scales[profile].protocol };
}
