import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { flopsPerStep, workingSetBytes } from './flops.ts';
import type { Shape } from './shape.ts';

/** What a program is compiled for. */
interface Program {
  readonly task: object;
  readonly shape: object;
  readonly steps: number;
}

/**
 * Bytes of all lanes' working sets together at which adding a lane no longer pays on a CPU: past it the tensors of
 * one operation have left the cache before the next one reads them. Measured; see `npm run bench`.
 */
const CPU_WORKING_SET = 4 * 2 ** 20;
const MAX_LANES = 32;

/** Share of memory that the lanes of one worker may take. */
const MEMORY_SHARE = 0.25;

/** Rough speed of one core, for ordering programs and for estimates before anything has been measured. */
const FLOPS_PER_SECOND = 5e10;
const SECONDS_PER_LANE_STEP = 4e-6;

/** Number of lanes and expected cost of programs, from the sizes of their shapes. */
export function costModel({
  taskOf,
  memoryBytes,
}: {
  readonly taskOf: (law: TaskLaw) => Task;
  /** Memory that one worker may fill. */
  readonly memoryBytes: number;
}) {
  const sizes = (program: Program) => {
    const shape = program.shape as Shape;
    return { shape, task: taskOf(program.task as TaskLaw) };
  };
  return {
    /** The most lanes that one program should have. Throws where not even one fits in memory. */
    lanesFor(program: Program): number {
      const { shape, task } = sizes(program);
      const bytes = workingSetBytes(shape, task);
      const fitting = Math.floor((memoryBytes * MEMORY_SHARE) / bytes);
      if (fitting < 1) {
        const gib = (n: number) => `${(n / 2 ** 30).toPrecision(3)} GiB`;
        throw new Error(
          `width ${shape.model.width} does not fit in memory: one lane needs ${gib(bytes)} (at most ${gib(memoryBytes * MEMORY_SHARE)})`,
        );
      }
      const lanes = Math.round(CPU_WORKING_SET / bytes);
      return Math.max(1, Math.min(lanes, MAX_LANES, fitting));
    },
    /** Expected seconds of one trial on one core. */
    costOf(program: Program): number {
      const { shape, task } = sizes(program);
      const perStep = flopsPerStep(shape, task) / FLOPS_PER_SECOND + SECONDS_PER_LANE_STEP;
      return program.steps * perStep;
    },
  };
}
