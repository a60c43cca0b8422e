import type { Hardware } from '@hyperlaw/engine';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { flopsPerStep, largestTensorBytes, stateBytes, workingSetBytes } from './flops.ts';
import { laneLimits } from './lane-limits.ts';
import type { Shape } from './shape.ts';
import { taskSignature } from './task-signature.ts';

/** What a program is compiled for. */
interface Program {
  readonly task: object;
  readonly shape: object;
  readonly steps: number;
}

/** What one lane of a program comes to: operations a step, and bytes of all that it touches, state and largest tensor. */
interface Sizes {
  readonly width: number;
  readonly flops: number;
  readonly bytes: number;
  readonly stateBytes: number;
  readonly largestBytes: number;
}

function sized(shape: Shape, task: Task): Sizes {
  return {
    width: shape.model.width,
    flops: flopsPerStep(shape, task),
    bytes: workingSetBytes(shape, task),
    stateBytes: stateBytes(shape, task),
    largestBytes: largestTensorBytes(shape, task),
  };
}

/** Share of memory that the lanes of one worker may take. */
const MEMORY_SHARE = 0.25;

/** Rough speed of one core, for ordering programs and for estimates before anything has been measured. */
const FLOPS_PER_SECOND = 5e10;
const SECONDS_PER_LANE_STEP = 4e-6;

/** Number of lanes and expected cost of programs, from the sizes of their shapes. */
export function costModel({
  taskOf,
  memoryBytes,
  hardware = 'processor',
}: {
  readonly taskOf: (law: TaskLaw) => Task;
  /** Memory that one worker may fill. */
  readonly memoryBytes: number;
  /** What the programs run on. */
  readonly hardware?: Hardware;
}) {
  const limits = laneLimits(hardware);
  const known = new WeakMap<object, WeakMap<object, Sizes>>();
  /** Asked for with every trial, and by the objects that its arm holds: worked out once for each pair of them. */
  const sizesOf = ({ shape, task }: Program): Sizes => {
    const ofShape = known.get(shape) ?? new WeakMap<object, Sizes>();
    known.set(shape, ofShape);
    const sizes = ofShape.get(task) ?? sized(shape as Shape, taskOf(task as TaskLaw));
    ofShape.set(task, sizes);
    return sizes;
  };
  return {
    /** What a program sees of a task. */
    signatureOf: (law: object) => taskSignature(taskOf(law as TaskLaw)),
    /** The most streams that the lanes of one program should read. */
    streams: limits.streams,
    /** Arms that should be under way at once. */
    arms: limits.arms,
    /** The most lanes that one program should have. Throws where not even one fits in memory. */
    lanesFor(program: Program): number {
      const { width, bytes, stateBytes, largestBytes } = sizesOf(program);
      const fitting = Math.floor((memoryBytes * MEMORY_SHARE) / bytes);
      if (fitting < 1) {
        const gib = (n: number) => `${(n / 2 ** 30).toPrecision(3)} GiB`;
        throw new Error(
          `width ${width} does not fit in memory: one lane needs ${gib(bytes)} (at most ${gib(memoryBytes * MEMORY_SHARE)})`,
        );
      }
      const lanes = Math.round(
        Math.min(limits.workingSetBytes / bytes, limits.stateBytes / stateBytes),
      );
      const bound = Math.floor(limits.tensorBytes / largestBytes);
      return Math.max(1, Math.min(lanes, limits.most, fitting, bound));
    },
    /** Expected seconds of one trial on one core. */
    costOf(program: Program): number {
      const { flops } = sizesOf(program);
      return program.steps * (flops / FLOPS_PER_SECOND + SECONDS_PER_LANE_STEP);
    },
  };
}
