import type { Lane, LanePlan, Model, Output, Shape, TrainingStep } from '@hyperlaw/core';
import { completeKnobs, explicitForm, lanePlan, trainingStep } from '@hyperlaw/core';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** A lane, trained as its parameterization's table is written, or in the house's normal form. */
export interface WrittenLane extends Lane {
  readonly written: 'explicit' | 'normal';
}

/** A training step whose lanes keep their multipliers in the graph. */
export interface ExplicitLanes {
  readonly step: TrainingStep;
  readonly plans: readonly LanePlan[];
  /** The layers' effective weights: every tensor times its lanes' multipliers. */
  readonly effective: (weights: Readonly<Record<string, Tensor>>) => Record<string, Tensor>;
}

/** Multipliers of one tensor that all lanes leave out. */
const isOne = (multiplier: number): boolean => multiplier === 1;

/**
 * Lanes with their multipliers in the graph, as papers write parameterizations: layers compute `multiplier · (h W)`, and
 * weights, rates and ε are those of the table, not of the equivalent normal form that suites train with.
 */
export function explicitLanes(
  shape: Shape,
  options: {
    readonly inputDim: number;
    readonly output: Output;
    readonly lanes: readonly WrittenLane[];
  },
): ExplicitLanes {
  const { inputDim, output, lanes } = options;
  const sides = { inputDim, output, lanes: lanes.length };
  const plain = trainingStep(shape, sides);
  const { model, optimizer } = plain;
  const { width, depth } = shape.model;
  const plans = lanes.map((lane): LanePlan => {
    const knobs = completeKnobs(shape, lane.schedule, lane.knobs);
    const { parameters } = model;
    const normal = lanePlan(lane, { shape, parameters, optimizer });
    if (lane.written === 'normal') return normal;
    const { parameterization } = lane;
    const forms = parameters.map((parameter) => {
      const { family } = optimizer(parameter);
      const options = { parameterization, width, depth, family, knobs };
      return [parameter.name, explicitForm(parameter, options)] as const;
    });
    return { ...normal, forms: Object.fromEntries(forms) };
  });
  const effective: ExplicitLanes['effective'] = (weights) =>
    Object.fromEntries(
      model.parameters.map(({ name }) => {
        const multipliers = plans.map(({ forms }) => forms[name]?.multiplier ?? 1);
        const weight = weights[name] as Tensor;
        if (multipliers.every(isOne)) return [name, weight] as const;
        return [name, tf.mul(weight, tf.tensor(multipliers, [lanes.length, 1, 1]))] as const;
      }),
    );
  const written: Model = {
    ...model,
    forward: (parameters, x, extras) => model.forward(effective(parameters), x, extras),
  };
  return { step: trainingStep(shape, { ...sides, model: written }), plans, effective };
}
