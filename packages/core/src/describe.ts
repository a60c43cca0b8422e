import { completeKnobs, knobOf } from './knobs.ts';
import type { Lane } from './lane-plan.ts';
import { mlp } from './models/mlp.ts';
import { optimizerOf } from './optimizers/optimizer-of.ts';
import type { Role } from './parameter.ts';
import { explicitForm } from './parameterizations/explicit-form.ts';
import { noEffect } from './parameterizations/no-effect.ts';
import { normalForm } from './parameterizations/normal-form.ts';
import type { Output, Shape } from './shape.ts';
import { outputDimOf } from './shape.ts';

/** What a parameterization and a lane's knobs come to for one tensor. */
export interface TensorDescription {
  readonly name: string;
  readonly role: Role;
  readonly shape: readonly [number, number];
  readonly initStd: number;
  readonly multiplier: number;
  /** At the schedule's peak. */
  readonly learningRate: number;
  /** `null` where the tensor's rule has no ε. */
  readonly epsilon: number | null;
  /** `null` without decoupled decay. */
  readonly decay: number | null;
}

export interface Description {
  readonly rows: readonly TensorDescription[];
  /** Why the parameterization changes nothing, where it changes nothing. */
  readonly noEffect: string | null;
}

/**
 * Every tensor's role, shape, initialization, multiplier, effective learning rate, ε and decay.
 *
 * `form` chooses between the parameterization as its paper writes it (`explicit`) and the equivalent numbers that
 * the program trains with (`normal`, every multiplier 1). Throws as `completeKnobs` and `mlp` do.
 */
export function describeModel(
  shape: Shape,
  lane: Pick<Lane, 'parameterization' | 'schedule' | 'knobs'>,
  options: {
    readonly inputDim: number;
    readonly output: Output;
    readonly form?: 'explicit' | 'normal';
  },
): Description {
  const { inputDim, output, form: shown = 'explicit' } = options;
  const { parameterization } = lane;
  const { width } = shape.model;
  const knobs = completeKnobs(shape, lane.schedule, lane.knobs);
  const { parameters } = mlp(shape.model, { inputDim, outputDim: outputDimOf(output) });
  const optimizer = optimizerOf(shape.optimizer);
  const rows = parameters.map((parameter): TensorDescription => {
    const { family, perStep, rateFactor } = optimizer(parameter);
    const explicit = explicitForm(parameter, { parameterization, width, family, knobs });
    const form = shown === 'explicit' ? explicit : normalForm(explicit, family);
    const rate = knobOf(knobs, 'learningRate') * (rateFactor?.(knobs) ?? 1);
    return {
      name: parameter.name,
      role: parameter.role,
      shape: parameter.shape,
      initStd: form.initStd,
      multiplier: form.multiplier,
      learningRate: rate * form.rate,
      epsilon: 'epsilon' in perStep ? knobOf(knobs, 'epsilon') * form.epsilon : null,
      decay: 'keep' in perStep ? knobOf(knobs, 'weightDecay') * form.decay : null,
    };
  });
  const family = (parameter: (typeof parameters)[number]) => optimizer(parameter).family;
  return { rows, noEffect: noEffect({ parameterization, width, parameters, family }) };
}

/** A description as aligned lines of text: a header, a line a tensor, and the no-effect sentence where there is one. */
export function descriptionLines({ rows, noEffect: sentence }: Description): readonly string[] {
  const header = [
    'tensor',
    'role',
    'shape',
    'init std',
    'multiplier',
    'learning rate',
    'ε',
    'decay',
  ];
  const cells = rows.map((row) => [
    row.name,
    row.role,
    row.shape.join(' × '),
    ...[row.initStd, row.multiplier, row.learningRate, row.epsilon, row.decay].map((value) =>
      value === null ? '–' : String(Number(value.toPrecision(4))),
    ),
  ]);
  const table = [header, ...cells];
  const widths = header.map((_, column) =>
    Math.max(...table.map((cell) => cell[column]?.length ?? 0)),
  );
  const lines = table.map((line) =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return sentence === null ? lines : [...lines, sentence];
}
