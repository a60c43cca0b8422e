import type { LanePlan, TrainingStep } from '@hyperlaw/core';
import { float32, int32, type LoopSpec } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { type Problem, stepOf } from './problem.ts';

/** A problem's training step of core, as the loop that the engine compiles; all lanes share the batches. */
export function trainingLoop(
  problem: Problem,
  task: Task,
  lanes: number,
): { readonly step: TrainingStep; readonly plans: readonly LanePlan[]; readonly spec: LoopSpec } {
  const { step, plans } = stepOf(problem, task, lanes);
  const kind = readsTokens(step) ? int32 : float32;
  return {
    step,
    plans,
    spec: {
      state: step.state,
      constants: step.constants,
      perStep: { ...step.perStep, x: kind(1, ...problem.x), y: kind(1, ...problem.y) },
      step: ({ state, constants, perStep }) => {
        const { x, y } = perStep as { x: Tensor; y: Tensor };
        const targets = readsTokens(step) ? tf.reshape(y, [1, -1]) : y;
        return step.step({ state, constants, perStep, batch: { x, y: targets } });
      },
    },
  };
}

/** Whether a training's batches are tokens, int32, rather than numbers. */
export const readsTokens = ({ model }: TrainingStep): boolean => model.reads.kind === 'tokens';
