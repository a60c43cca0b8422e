import {
  type DepthParameterization,
  type DepthRule,
  depthTables,
  describeModel,
  descriptionLines,
  knobNames,
  type Parameterization,
  type ParameterizationName,
  parameterizationTables,
  type ScheduleLaw,
  type Shape,
  scheduleKinds,
} from '@hyperlaw/core';
import { type Arguments, readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { integer, number, oneOf, shown, UsageError } from '../usage-error.ts';
import { describedExpertsRule, expertRuleOptions } from './described-experts.ts';
import { describedShape, shapeOptions, shapeSwitches } from './described-shape.ts';
import { refuse } from './refuse-option.ts';

const structure = [
  ...shapeOptions,
  ...['input-dim', 'output-dim', 'classes', 'parameterization', 'base-width'],
  ...['depth-rule', 'base-depth', 'form', 'schedule'],
  ...expertRuleOptions,
];

type Options = Arguments['options'];

/** `hyperlaw describe`: what a parameterization and its knobs come to, tensor by tensor. */
export async function describe(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, {
    options: structure,
    flags: shapeSwitches,
    open: true,
  });
  if (options.classes !== undefined) refuse(options, ['output-dim'], '--classes');
  const knobs = knobsOf(options);
  const shape = describedShape(options, knobs);
  const schedule: ScheduleLaw = {
    kind: oneOf('schedule', options.schedule ?? 'constant', scheduleKinds),
  };
  checkKnobs(knobs, knobNames(shape, schedule));
  const lane = { parameterization: parameterizationOf(options), schedule, knobs };
  try {
    const description = describeModel(shape, lane, {
      inputDim: integer('input dim', options['input-dim'] ?? String(inputDimOf(shape)), 1),
      output: outputOf(options),
      form: oneOf('form', options.form ?? 'explicit', ['explicit', 'normal']),
    });
    for (const line of descriptionLines(description)) context.write(`${line}\n`);
  } catch (error) {
    // All that a description depends on was given by the user.
    throw new UsageError((error as Error).message, { cause: error });
  }
  return 0;
}

/** Numbers of an input where it is not said: those of an image, or 32. */
function inputDimOf({ model }: Shape): number {
  return model.kind === 'conv-net' ? model.channels * model.side ** 2 : 32;
}

function parameterizationOf(options: Options): Parameterization {
  const known = Object.keys(parameterizationTables) as ParameterizationName[];
  const name = oneOf('parameterization', options.parameterization ?? 'mup', known);
  const width = options['base-width'];
  const depth = depthOf(options);
  return {
    name,
    ...(width !== undefined && { baseWidth: integer('base width', width, 1) }),
    ...(depth && { depth }),
    ...describedExpertsRule(options),
  };
}

/** A base depth alone says nothing: it wants a rule. */
function depthOf(options: Options): DepthParameterization | null {
  const { 'depth-rule': given, 'base-depth': base } = options;
  if (given === undefined && base === undefined) return null;
  const rules = Object.keys(depthTables) as DepthRule[];
  if (given === undefined) throw new UsageError(`missing depth rule (${rules.join(', ')})`);
  const rule = oneOf('depth rule', given, rules);
  return base === undefined ? { rule } : { rule, baseDepth: integer('base depth', base, 1) };
}

function outputOf(options: Options) {
  const { model, 'output-dim': dim = '1' } = options;
  // A transformer reads and predicts tokens: bytes, unless it is said otherwise.
  const classes = options.classes ?? (model === 'transformer' ? '256' : undefined);
  return classes === undefined
    ? ({ kind: 'regression', dim: integer('output dim', dim, 1) } as const)
    : ({ kind: 'classes', count: integer('classes', classes, 2) } as const);
}

/** Every option that is not structure is a knob: `--learning-rate/hidden 2` is `learningRate/hidden`. */
function knobsOf(options: Options): Readonly<Record<string, number>> {
  const fixed: readonly string[] = [...structure, ...shapeSwitches];
  const given = Object.entries(options).filter(([name]) => !fixed.includes(name));
  const knobs = given.map(([name, value]) => [knobName(name), number(`--${name}`, value)] as const);
  // A rate of 1 shows the factors on it.
  return { learningRate: 1, ...Object.fromEntries(knobs) };
}

function knobName(option: string): string {
  const [base = '', ...part] = option.split('/');
  return [base.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), ...part].join(
    '/',
  );
}

function checkKnobs(knobs: Readonly<Record<string, number>>, known: readonly string[]): void {
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)}`;
  for (const name of Object.keys(knobs)) {
    if (known.includes(name.split('/')[0] as string)) continue;
    const accepted = [...structure, ...shapeSwitches].map((one) => `--${one}`);
    throw new UsageError(
      `unknown option: ${shown(flag(name))} (${[...accepted, ...known.map(flag)].join(', ')})`,
    );
  }
}
