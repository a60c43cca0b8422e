import {
  activationNames,
  describeModel,
  descriptionLines,
  knobNames,
  optimizerKinds,
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

const structure = [
  'width',
  'depth',
  'activation',
  'input-dim',
  'output-dim',
  'classes',
  'parameterization',
  'base-width',
  'form',
  'optimizer',
  'schedule',
  'batch',
] as const;
const switches = ['bias', 'centred'] as const;

type Options = Arguments['options'];

/** `hyperlaw describe`: what a parameterization and its knobs come to, tensor by tensor. */
export async function describe(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, { options: structure, flags: switches, open: true });
  const knobs = knobsOf(options);
  const shape = shapeOf(options, knobs);
  const schedule: ScheduleLaw = {
    kind: oneOf('schedule', options.schedule ?? 'constant', scheduleKinds),
  };
  checkKnobs(knobs, knobNames(shape, schedule));
  const lane = { parameterization: parameterizationOf(options), schedule, knobs };
  try {
    const description = describeModel(shape, lane, {
      inputDim: integer('input dim', options['input-dim'] ?? '32', 1),
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

function shapeOf(options: Options, knobs: Readonly<Record<string, number>>): Shape {
  const has = (name: string) => knobs[name] !== undefined;
  return {
    model: {
      kind: 'mlp',
      width: integer('width', options.width ?? '128', 1),
      depth: integer('depth', options.depth ?? '3', 1),
      activation: oneOf('activation', options.activation ?? 'relu', activationNames),
      bias: options.bias === 'true' || has('biasScale'),
      centred: options.centred === 'true',
      ...(has('dropout') && { dropout: true }),
    },
    optimizer: {
      kind: oneOf('optimizer', options.optimizer ?? 'sgd', optimizerKinds),
      ...(has('weightDecay') && { decay: true }),
      ...(has('l2') && { l2: true }),
      ...(has('l1') && { l1: true }),
      ...(has('clip') && { clip: true }),
    },
    batch: integer('batch', options.batch ?? '64', 1),
  };
}

function parameterizationOf(options: Options): Parameterization {
  const known = Object.keys(parameterizationTables) as ParameterizationName[];
  const name = oneOf('parameterization', options.parameterization ?? 'mup', known);
  const base = options['base-width'];
  return base === undefined ? { name } : { name, baseWidth: integer('base width', base, 1) };
}

function outputOf(options: Options) {
  const { classes, 'output-dim': dim = '1' } = options;
  return classes === undefined
    ? ({ kind: 'regression', dim: integer('output dim', dim, 1) } as const)
    : ({ kind: 'classes', count: integer('classes', classes, 2) } as const);
}

/** Every option that is not structure is a knob: `--learning-rate/hidden 2` is `learningRate/hidden`. */
function knobsOf(options: Options): Readonly<Record<string, number>> {
  const fixed: readonly string[] = [...structure, ...switches];
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
    const accepted = [...structure, ...switches].map((one) => `--${one}`);
    throw new UsageError(
      `unknown option: ${shown(flag(name))} (${[...accepted, ...known.map(flag)].join(', ')})`,
    );
  }
}
