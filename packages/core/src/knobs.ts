import { modelOf } from './models/model-of.ts';
import { isWeight } from './parameter.ts';
import type { ScheduleLaw } from './schedules.ts';
import { scheduleKnobs } from './schedules.ts';
import type { BranchGain, ModelShape, NormMap, Shape } from './shape.ts';

/** Hyperparameters that are only numbers at run time, by name. */
export type Knobs = Readonly<Record<string, number>>;

interface KnobLaw {
  /** `null`: must be given. */
  readonly default: number | null;
  readonly accepts: string;
  readonly valid: (value: number) => boolean;
}

const positive = { accepts: 'a positive number', valid: (v: number) => v > 0 && v < Infinity };
const nonNegative = {
  accepts: 'a number from 0 up',
  valid: (v: number) => v >= 0 && v < Infinity,
};
const fraction = { accepts: 'a number in [0, 1)', valid: (v: number) => v >= 0 && v < 1 };
const share = { accepts: 'a number in [0, 1]', valid: (v: number) => v >= 0 && v <= 1 };

const laws: Readonly<Record<string, KnobLaw>> = {
  learningRate: { default: null, ...nonNegative },
  initScale: { default: 1, ...nonNegative },
  biasScale: { default: 0, ...nonNegative },
  gainScale: { default: 1, ...positive },
  tanhSlope: { default: 0.5, ...positive },
  branchGainScale: { default: 0, ...nonNegative },
  branchMultiplier: { default: 1, ...positive },
  attentionScale: { default: 1, ...positive },
  loadBalance: { default: 0.01, ...nonNegative },
  richness: { default: 1, ...positive },
  momentum: { default: 0.9, ...fraction },
  beta1: { default: 0.9, ...fraction },
  beta2: { default: 0.999, ...fraction },
  epsilon: { default: 1e-8, ...positive },
  trust: { default: 0.001, ...nonNegative },
  adamRatio: { default: 0.015, ...nonNegative },
  weightDecay: { default: 0, ...nonNegative },
  l1: { default: 0, ...nonNegative },
  l2: { default: 0, ...nonNegative },
  clip: { default: 1, ...positive },
  dropout: { default: 0, ...fraction },
  warmup: { default: 0, ...share },
  floor: { default: 0, ...share },
  drops: {
    default: 2,
    accepts: 'a whole number from 0 up',
    valid: (v) => Number.isInteger(v) && v >= 0,
  },
  dropFactor: { default: 0.1, ...share },
  timescale: { default: 100, ...positive },
  cooldown: { default: 0.2, ...share },
  duration: { default: 1, accepts: 'a number in (0, 1]', valid: (v) => v > 0 && v <= 1 },
};

const optimizerKnobs: Readonly<Record<Shape['optimizer']['kind'], readonly string[]>> = {
  sgd: [],
  momentum: ['momentum'],
  nesterov: ['momentum'],
  adam: ['beta1', 'beta2', 'epsilon'],
  adamw: ['beta1', 'beta2', 'epsilon', 'weightDecay'],
  signsgd: [],
  muon: ['momentum', 'adamRatio', 'beta1', 'beta2', 'epsilon'],
  lars: ['momentum', 'trust'],
  lamb: ['beta1', 'beta2', 'epsilon'],
};

/**
 * Names of the knobs that have an effect on a shape with a schedule; any other is an error, not ignored. Throws on an
 * unknown model, optimizer or schedule.
 */
export function knobNames(shape: Shape, schedule: ScheduleLaw): readonly string[] {
  const { model, optimizer } = shape;
  const ofOptimizer = optimizerKnobs[optimizer.kind];
  if (ofOptimizer === undefined) {
    const known = Object.keys(optimizerKnobs).join(', ');
    throw new Error(`unknown optimizer: ${optimizer.kind} (${known})`);
  }
  return [
    ...new Set([
      'learningRate',
      'initScale',
      ...(model.bias ? ['biasScale'] : []),
      ...structureKnobs(model),
      ...(model.kind !== 'conv-net' && model.experts?.balanced ? ['loadBalance'] : []),
      'richness',
      ...ofOptimizer,
      ...(optimizer.decay ? ['weightDecay'] : []),
      ...(optimizer.l2 ? ['l2'] : []),
      ...(optimizer.l1 ? ['l1'] : []),
      ...(optimizer.clip ? ['clip'] : []),
      ...(model.kind === 'mlp' && model.dropout ? ['dropout'] : []),
      ...scheduleKnobs(schedule),
    ]),
  ];
}

/** Knobs of residual blocks and of norms. */
function structureKnobs(model: ModelShape): readonly string[] {
  switch (model.kind) {
    case 'mlp':
    case 'conv-net':
      return normKnobs(model.norm);
    case 'residual-mlp':
      return [...normKnobs(model.norm), ...branchKnobs(model)];
    case 'transformer':
      return [
        ...normKnobs(model.norm),
        ...(model.queryKeyNorm ? ['gainScale'] : []),
        ...branchKnobs(model),
        'attentionScale',
      ];
    default:
      throw new Error(`unknown model: ${(model as ModelShape).kind}`);
  }
}

function normKnobs(norm: { readonly kind: 'none' } | NormMap = { kind: 'none' }) {
  if (norm.kind === 'none') return [];
  return [
    ...(norm.gains ? ['gainScale'] : []),
    ...(norm.kind === 'dynamic-tanh' ? ['tanhSlope'] : []),
  ];
}

function branchKnobs({ branchGain }: { readonly branchGain?: BranchGain }): readonly string[] {
  return ['branchMultiplier', ...(branchGain === undefined ? [] : ['branchGainScale'])];
}

/**
 * The knobs of a lane with every default filled in.
 *
 * `learningRate` and `initScale` can be given by role, place or tensor too, as a factor: `learningRate/hidden`,
 * `initScale/branch-end`, `initScale/output.weight`. Throws where a knob is missing, out of its range, or would do nothing for the shape.
 */
export function completeKnobs(shape: Shape, schedule: ScheduleLaw, knobs: Knobs): Knobs {
  const names = knobNames(shape, schedule);
  for (const [name, value] of Object.entries(knobs)) {
    const slash = name.indexOf('/');
    const [base, part] = slash < 0 ? [name] : [name.slice(0, slash), name.slice(slash + 1)];
    const known =
      names.includes(base) && (part === undefined || partsOf(shape, base).includes(part));
    if (!known) {
      const parts = partsOf(shape, base).map((each) => `${base}/${each}`);
      throw new Error(
        `unknown knob: ${name} (with this shape: ${[...names, ...parts].join(', ')})`,
      );
    }
    const law = laws[base];
    if (law && !law.valid(value)) throw new Error(`unknown ${name}: ${value} (${law.accepts})`);
  }
  const complete: Record<string, number> = { ...knobs };
  for (const name of names) complete[name] ??= defaultOf(name, shape, schedule);
  return complete;
}

/** The roles, places and tensors that a layerwise knob has an effect on. */
function partsOf(shape: Shape, name: string): readonly string[] {
  if (name !== 'learningRate' && name !== 'initScale') return [];
  const { model } = shape;
  const inputDim = model.kind === 'conv-net' ? model.channels * model.side ** 2 : 1;
  const { parameters } = modelOf(model, { inputDim, outputDim: 1 });
  const reached = parameters.filter((each) => name === 'learningRate' || isWeight(each));
  return [
    ...new Set(reached.flatMap(({ role, place, name: tensor }) => [role, place ?? role, tensor])),
  ];
}

function defaultOf(name: string, shape: Shape, schedule: ScheduleLaw): number {
  if (name === 'momentum' && shape.optimizer.kind === 'muon') return 0.95;
  if (name === 'warmup' && schedule.kind === 'warmup') return 0.1;
  const law = laws[name];
  if (law === undefined || law.default === null) {
    throw new Error(`missing knob: ${name} (${law?.accepts ?? 'a number'})`);
  }
  return law.default;
}

/** The named knob of completed knobs. Throws where the shape has no such knob. */
export function knobOf(knobs: Knobs, name: string): number {
  const value = knobs[name];
  if (value === undefined) throw new Error(`missing knob: ${name}`);
  return value;
}

/** A layerwise knob for one tensor: the knob, times its factors for the role, the place and the tensor. */
export function layerKnob(
  knobs: Knobs,
  name: string,
  parameter: { readonly role: string; readonly name: string; readonly place?: string },
): number {
  const parts = [parameter.role, ...(parameter.place ? [parameter.place] : []), parameter.name];
  return parts.reduce((all, part) => all * (knobs[`${name}/${part}`] ?? 1), knobs[name] ?? 1);
}
