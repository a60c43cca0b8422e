import type { FloatArrays } from './init-state.ts';
import { checkLanes } from './init-state.ts';
import type { LanePlan } from './lane-plan.ts';
import { laneScalars } from './lane-plan.ts';
import type { TrainingStep } from './training-step.ts';
import { scalarName } from './training-step.ts';

/**
 * The per-step scalars of `count` steps from `first`, of a run of `steps` steps: each `[count, lane, 1, 1]`, computed
 * in float64 and rounded once. Dropout masks are not among them: they need a stream (see `dropoutMask`).
 */
export function stepScalars(
  step: TrainingStep,
  plans: readonly LanePlan[],
  range: { readonly first: number; readonly count: number; readonly steps: number },
): FloatArrays {
  checkLanes(step, plans);
  const { first, count, steps } = range;
  const { lanes, model, optimizer } = step;
  const arrays: Record<string, Float32Array> = {};
  for (const parameter of model.parameters) {
    const { perStep } = optimizer(parameter);
    const own = perStep.map((key) => {
      const array = new Float32Array(count * lanes);
      arrays[scalarName(parameter.name, key)] = array;
      return [key, array] as const;
    });
    for (let i = 0; i < count; i++) {
      for (const [lane, plan] of plans.entries()) {
        const at = { step: first + i, steps };
        const scalars = laneScalars(plan, parameter, optimizer, at);
        for (const [key, array] of own) array[i * lanes + lane] = scalars[key] ?? 0;
      }
    }
  }
  return arrays;
}
