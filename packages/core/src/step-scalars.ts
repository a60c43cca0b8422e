import type { FloatArrays } from './init-state.ts';
import { checkLanes } from './init-state.ts';
import type { LanePlan } from './lane-plan.ts';
import { scalarInputs } from './lane-plan.ts';
import { scheduleFactor } from './schedules.ts';
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
    for (const key of Object.keys(optimizer(parameter).perStep)) {
      arrays[scalarName(parameter.name, key)] = new Float32Array(count * lanes);
    }
  }
  for (const [lane, plan] of plans.entries()) {
    const factors = Float64Array.from({ length: count }, (_, i) =>
      scheduleFactor(plan.schedule, first + i, steps, plan.knobs),
    );
    for (const parameter of model.parameters) {
      const peak = scalarInputs(plan, parameter, optimizer);
      for (const [key, scalar] of Object.entries(optimizer(parameter).perStep)) {
        const array = arrays[scalarName(parameter.name, key)] as Float32Array;
        // One object for all steps: this runs beside the training itself, thousands of times a second.
        const inputs = { ...peak, step: first };
        for (let i = 0; i < count; i++) {
          inputs.step = first + i;
          inputs.rate = peak.rate * (factors[i] ?? 1);
          array[i * lanes + lane] = scalar(inputs);
        }
      }
    }
  }
  return arrays;
}
