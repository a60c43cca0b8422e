import { randomStream } from '@hyperlaw/tasks';
import type { LanePlan } from './lane-plan.ts';
import { formOf } from './lane-plan.ts';
import type { Parameter } from './parameter.ts';
import { penaltyNames } from './penalties.ts';
import { initialName, multiplierName, radiusName, scalarName } from './tensor-names.ts';
import { sizeOf } from './tensors.ts';
import type { TrainingStep } from './training-step.ts';

/**
 * Fills `out` with independent standard normal numbers, a pure function of seed and name.
 * A longer `out` must begin with the same numbers.
 */
export type FillNormal = (seed: number, name: string, out: Float32Array) => void;

/** The normal numbers of a seed: a tensor's depend on its seed and name alone, so that arms of one width share them. */
export const initNormals: FillNormal = (seed, name, out) =>
  randomStream({ seed, role: 'init', path: [name] }).fillNormal(0, out);

/** Numbers on the host, by name. */
export type FloatArrays = Readonly<Record<string, Float32Array>>;

/**
 * The state before the first step, on the host: every lane's weights drawn from its own seed and the tensor's name,
 * scaled to its normal form, and slots of zeros. A lane's weights do not depend on the lanes beside it.
 */
export function initState(
  step: TrainingStep,
  plans: readonly LanePlan[],
  fillNormal: FillNormal = initNormals,
): FloatArrays {
  checkLanes(step, plans);
  const state: Record<string, Float32Array> = {};
  for (const [name, { shape }] of Object.entries(step.state)) {
    state[name] = new Float32Array(sizeOf(shape));
  }
  for (const parameter of step.model.parameters) {
    const all = state[parameter.name] as Float32Array;
    const size = sizeOf(parameter.shape);
    for (const [lane, plan] of plans.entries()) {
      const { initStd, initMean, alike } = formOf(plan, parameter);
      const own = all.subarray(lane * size, (lane + 1) * size);
      if (initMean !== 0) own.fill(initMean);
      if (initStd === 0) continue;
      fillNormal(plan.seed, parameter.name, own);
      for (let i = 0; i < size; i++) own[i] = (own[i] ?? 0) * initStd;
      if (parameter.direction === 'sphere') toSphere(own, parameter.shape, initStd);
      if (alike) repeatFirst(own, parameter);
    }
  }
  return state;
}

/**
 * The constants of a run, on the host: scalars that no step changes, and for centred models the weights of `state`
 * as they were at initialization.
 */
export function initConstants(
  step: TrainingStep,
  plans: readonly LanePlan[],
  state: FloatArrays,
): FloatArrays {
  checkLanes(step, plans);
  const { shape, model, optimizer } = step;
  const constants: Record<string, Float32Array> = {};
  const perLane = (value: (plan: LanePlan) => number) => Float32Array.from(plans, value);
  if (shape.optimizer.clip) constants.clip = perLane(({ knobs }) => knobs.clip ?? Infinity);
  for (const knob of model.knobs ?? []) constants[knob] = perLane(({ knobs }) => knobs[knob] ?? 0);
  for (const parameter of model.parameters) {
    const { name } = parameter;
    for (const key of optimizer(parameter).constants) {
      constants[key] ??= perLane(({ knobs }) => knobs[key] ?? 0);
    }
    for (const key of penaltyNames(shape.optimizer)) {
      constants[scalarName(name, key)] = perLane(
        (plan) => (plan.knobs[key] ?? 0) * formOf(plan, parameter)[key],
      );
    }
    if (shape.optimizer.clip) {
      constants[scalarName(name, 'clip')] = perLane((plan) => formOf(plan, parameter).clip);
    }
    if (parameter.tied) {
      constants[multiplierName(name)] = perLane((plan) => formOf(plan, parameter).multiplier);
    }
    if (parameter.direction === 'sphere') {
      constants[radiusName(name)] = perLane((plan) => formOf(plan, parameter).initStd);
    }
    if (shape.model.centred) {
      const initial = state[name];
      if (initial === undefined) throw new Error(`missing tensor: ${name}`);
      constants[initialName(name)] = initial.slice();
    }
  }
  return constants;
}

/** Throws where the number of plans is not the program's number of lanes. */
export function checkLanes(step: TrainingStep, plans: readonly LanePlan[]): void {
  if (plans.length !== step.lanes) {
    throw new Error(`unknown number of lanes: ${plans.length} (the program has ${step.lanes})`);
  }
}

/** Gives all experts of a stack the entries of the first. */
function repeatFirst(stack: Float32Array, { shape: [, columns], mixture }: Parameter): void {
  if (mixture?.stacked === undefined) return;
  const block = stack.length / mixture.count;
  const span = columns / mixture.count;
  for (let i = 0; i < stack.length; i++) {
    const first =
      mixture.stacked === 'rows' ? i % block : i - (i % columns) + ((i % columns) % span);
    stack[i] = stack[first] ?? 0;
  }
}

/** Brings every column of a matrix to a root mean square. */
function toSphere(
  matrix: Float32Array,
  [rows, columns]: readonly [number, number],
  radius: number,
): void {
  for (let column = 0; column < columns; column++) {
    let squares = 0;
    for (let at = column; at < matrix.length; at += columns) squares += (matrix[at] ?? 0) ** 2;
    const factor = radius / Math.sqrt(squares / rows);
    for (let at = column; at < matrix.length; at += columns)
      matrix[at] = (matrix[at] ?? 0) * factor;
  }
}
