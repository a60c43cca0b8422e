import type { TaskLaw } from '@hyperlaw/tasks';
import type { Knobs } from './knobs.ts';
import { completeKnobs, knobOf } from './knobs.ts';
import type { Optimizer, ScalarInputs, UpdateRule } from './optimizers/update-rule.ts';
import type { Parameter } from './parameter.ts';
import type { Parameterization, TensorForm } from './parameterizations/explicit-form.ts';
import { explicitForm } from './parameterizations/explicit-form.ts';
import { trainedForm } from './parameterizations/normal-form.ts';
import type { ScheduleLaw } from './schedules.ts';
import type { Shape } from './shape.ts';

/** What may differ between the lanes of one program besides the task: only numbers. */
export interface Lane {
  readonly parameterization: Parameterization;
  readonly schedule: ScheduleLaw;
  readonly knobs: Knobs;
  readonly seed: number;
}

/** A lane and what it trains on. */
export interface TaskLane extends Lane {
  readonly task: TaskLaw;
}

/** A lane resolved against a model: its completed knobs and every tensor's numbers in normal form. */
export interface LanePlan {
  readonly seed: number;
  readonly schedule: ScheduleLaw;
  readonly knobs: Knobs;
  readonly forms: Readonly<Record<string, TensorForm>>;
}

/** Resolves a lane. Throws on unknown, missing or invalid knobs and on an unknown parameterization or schedule. */
export function lanePlan(
  lane: Lane,
  model: {
    readonly shape: Shape;
    readonly parameters: readonly Parameter[];
    readonly optimizer: Optimizer;
  },
): LanePlan {
  const { parameterization, schedule, seed } = lane;
  const { shape, parameters, optimizer } = model;
  const knobs = completeKnobs(shape, schedule, lane.knobs);
  const { width, depth } = shape.model;
  const forms = parameters.map((parameter) => {
    const { family } = optimizer(parameter);
    const form = explicitForm(parameter, { parameterization, width, depth, family, knobs });
    return [parameter.name, trainedForm(parameter, form, family)] as const;
  });
  return { seed, schedule, knobs, forms: Object.fromEntries(forms) };
}

/** A tensor's form in a plan. Throws where the plan was made for another model. */
export function formOf(plan: LanePlan, { name }: Pick<Parameter, 'name'>): TensorForm {
  const form = plan.forms[name];
  if (form === undefined) throw new Error(`unknown tensor: ${name}`);
  return form;
}

/** What every step's scalars of one tensor of one lane are made from, but for the step and its schedule. */
export function scalarInputs(
  plan: LanePlan,
  parameter: Parameter,
  rule: UpdateRule,
): Omit<ScalarInputs, 'bias'> {
  const form = formOf(plan, parameter);
  const { knobs } = plan;
  const factor = form.rate * (rule.rateFactor?.(knobs) ?? 1);
  return {
    rate: knobOf(knobs, 'learningRate') * factor,
    epsilon: (knobs.epsilon ?? 0) * form.epsilon,
    decay: (knobs.weightDecay ?? 0) * form.decay,
    knobs,
  };
}
