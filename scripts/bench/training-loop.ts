import type { LanePlan, TrainingStep } from '@hyperlaw/core';
import { float32, type LoopSpec } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import { type Problem, stepOf } from './problem.ts';

/** A problem's training step of core, as the loop that the engine compiles; all lanes share the batches. */
export function trainingLoop(
  problem: Problem,
  task: Task,
  lanes: number,
): { readonly step: TrainingStep; readonly plans: readonly LanePlan[]; readonly spec: LoopSpec } {
  const { step, plans } = stepOf(problem, task, lanes);
  const { batch, inputDim } = problem;
  return {
    step,
    plans,
    spec: {
      state: step.state,
      constants: step.constants,
      perStep: { ...step.perStep, x: float32(1, batch, inputDim), y: float32(1, batch, 1) },
      step: ({ state, constants, perStep }) => {
        const { x, y } = perStep as { x: Tensor; y: Tensor };
        return step.step({ state, constants, perStep, batch: { x, y } });
      },
    },
  };
}
