import { completeKnobs, knobOf } from './knobs.ts';
import type { Lane } from './lane-plan.ts';
import { modelOf } from './models/model-of.ts';
import { optimizerOf } from './optimizers/optimizer-of.ts';
import type { Place, Role } from './parameter.ts';
import { explicitForm } from './parameterizations/explicit-form.ts';
import { noDepthEffect } from './parameterizations/no-depth-effect.ts';
import { noEffect } from './parameterizations/no-effect.ts';
import { noExpertsEffect } from './parameterizations/no-experts-effect.ts';
import { trainedForm } from './parameterizations/normal-form.ts';
import type { Output, Shape } from './shape.ts';
import { outputDimOf } from './shape.ts';

/** What a parameterization and a lane's knobs come to for one tensor. */
export interface TensorDescription {
  readonly name: string;
  readonly role: Role;
  /** Of tensors in residual blocks. */
  readonly place?: Place;
  readonly shape: readonly [number, number];
  readonly initStd: number;
  /** Of norm gains, which all start at this number. */
  readonly initMean?: number;
  readonly multiplier: number;
  /** At the schedule's peak. */
  readonly learningRate: number;
  /** `null` where the tensor's rule has no ε. */
  readonly epsilon: number | null;
  /** `null` without decoupled decay. */
  readonly decay: number | null;
}

/** What a net trains with under a parameterization, and which parts of that change nothing at these sizes. */
export interface Description {
  /** A row a tensor, in the order of the model's parameters. */
  readonly rows: readonly TensorDescription[];
  /** Why the parameterization changes nothing, where it changes nothing. */
  readonly noEffect: string | null;
  /** Why the depth rule changes nothing, where it changes nothing. */
  readonly noDepthEffect: string | null;
  /** Why the rule of experts changes nothing, where it changes nothing. */
  readonly noExpertsEffect: string | null;
}

/**
 * Every tensor's role, shape, initialization, multiplier, effective learning rate, ε and decay.
 *
 * `form` chooses between the parameterization as its paper writes it (`explicit`) and the equivalent numbers that
 * the program trains with (`normal`, every multiplier 1). Throws as `completeKnobs` and `modelOf` do.
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
  const { width, depth } = shape.model;
  const knobs = completeKnobs(shape, lane.schedule, lane.knobs);
  const { parameters } = modelOf(shape.model, { inputDim, outputDim: outputDimOf(output) });
  const optimizer = optimizerOf(shape.optimizer);
  const rows = parameters.map((parameter): TensorDescription => {
    const { family, perStep, rateFactor } = optimizer(parameter);
    const explicit = explicitForm(parameter, { parameterization, width, depth, family, knobs });
    const form = shown === 'explicit' ? explicit : trainedForm(parameter, explicit, family);
    const rate = knobOf(knobs, 'learningRate') * (rateFactor?.(knobs) ?? 1);
    return {
      name: parameter.name,
      role: parameter.role,
      ...(parameter.place && { place: parameter.place }),
      shape: parameter.shape,
      initStd: form.initStd,
      ...(form.initMean !== 0 && { initMean: form.initMean }),
      multiplier: form.multiplier,
      learningRate: rate * form.rate,
      epsilon: 'epsilon' in perStep ? knobOf(knobs, 'epsilon') * form.epsilon : null,
      decay: 'keep' in perStep ? knobOf(knobs, 'weightDecay') * form.decay : null,
    };
  });
  const family = (parameter: (typeof parameters)[number]) => optimizer(parameter).family;
  const sized = { parameterization, width, depth, parameters, family };
  return {
    rows,
    noEffect: noEffect(sized),
    noDepthEffect: noDepthEffect(sized),
    noExpertsEffect: noExpertsEffect(sized),
  };
}

/** A description as aligned lines of text: a header, a line a tensor, and the no-effect sentences where there are any. */
export function descriptionLines(description: Description): readonly string[] {
  const { rows } = description;
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
    row.place === undefined ? row.role : `${row.role} (${row.place})`,
    row.shape.join(' × '),
    row.initMean === undefined ? digits(row.initStd) : `all ${digits(row.initMean)}`,
    ...[row.multiplier, row.learningRate, row.epsilon, row.decay].map((value) =>
      value === null ? '–' : digits(value),
    ),
  ]);
  const table = [header, ...cells];
  const widths = header.map((_, column) =>
    table.reduce((most, cells) => Math.max(most, cells[column]?.length ?? 0), 0),
  );
  const lines = table.map((line) =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const sentences = [description.noEffect, description.noDepthEffect, description.noExpertsEffect];
  return [...lines, ...sentences.filter((sentence) => sentence !== null)];
}

const digits = (value: number): string => String(Number(value.toPrecision(4)));
