import type { FloatArrays } from './init-state.ts';
import { checkLanes } from './init-state.ts';
import type { LanePlan } from './lane-plan.ts';
import { scalarInputs } from './lane-plan.ts';
import type { BiasCorrections } from './optimizers/bias-corrections.ts';
import { biasCorrections } from './optimizers/bias-corrections.ts';
import { scheduleFactor } from './schedules.ts';
import { scalarName } from './tensor-names.ts';
import type { TrainingStep } from './training-step.ts';

/**
 * The per-step scalars of `count` steps from `first`, of a run of `steps` steps: each `[count, lane, 1, 1]`, computed
 * in float64 and rounded once. Dropout masks are not among them: they need a stream (see `stepMasks`).
 */
export function stepScalars(
  step: TrainingStep,
  plans: readonly LanePlan[],
  range: {
    readonly first: number;
    readonly count: number;
    readonly steps: number;
    /** Multiplies the rate of every tensor in every lane, beside the schedules. */
    readonly rateFactor?: (step: number) => number;
  },
): FloatArrays {
  checkLanes(step, plans);
  const { first, count, steps, rateFactor = () => 1 } = range;
  const { lanes, model, optimizer } = step;
  const arrays: Record<string, Float32Array> = {};
  const tensors = model.parameters.map((parameter) => {
    const rule = optimizer(parameter);
    const scalars = Object.entries(rule.perStep).map(([key, scalar]) => {
      const array = new Float32Array(count * lanes);
      arrays[scalarName(parameter.name, key)] = array;
      return { scalar, array };
    });
    return { parameter, rule, scalars };
  });
  // No net trains meanwhile, so powers are taken once a lane and step, and inputs made by a literal, not by a spread.
  for (const [lane, plan] of plans.entries()) {
    const factors: number[] = [];
    const biases: BiasCorrections[] = [];
    for (let t = first; t < first + count; t++) {
      factors.push(scheduleFactor(plan.schedule, t, steps, plan.knobs) * rateFactor(t));
      biases.push(biasCorrections(plan.knobs, t));
    }
    for (const { parameter, rule, scalars } of tensors) {
      const { rate, epsilon, decay, knobs } = scalarInputs(plan, parameter, rule);
      for (let i = 0; i < count; i++) {
        const bias = biases[i] as BiasCorrections;
        const inputs = { rate: rate * (factors[i] as number), epsilon, decay, knobs, bias };
        for (const { scalar, array } of scalars) array[i * lanes + lane] = scalar(inputs);
      }
    }
  }
  return arrays;
}
