import {
  activationNames,
  type ModelShape,
  type NormShape,
  optimizerKinds,
  type Shape,
} from '@hyperlaw/core';
import type { Arguments } from '../arguments.ts';
import { integer, oneOf, UsageError } from '../usage-error.ts';

/** Options and switches that say a model's structure, and those of them that only some kinds have. */
export const shapeOptions = {
  all: ['model', 'width', 'depth', 'activation', 'optimizer', 'batch'],
  residual: ['block-layers', 'norm', 'placement'],
  switches: ['bias', 'centred'],
  residualSwitches: ['gains'],
} as const;

const modelKinds = ['mlp', 'residual-mlp'] as const satisfies readonly ModelShape['kind'][];

type Options = Arguments['options'];

/** The shape that options name; knobs that are given turn on what they are knobs of. Throws bad usage. */
export function describedShape(options: Options, knobs: Readonly<Record<string, number>>): Shape {
  const has = (name: string) => knobs[name] !== undefined;
  return {
    model: modelOf(options, has),
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

function modelOf(options: Options, has: (knob: string) => boolean): ModelShape {
  const kind = oneOf('model', options.model ?? 'mlp', modelKinds);
  const common = {
    width: integer('width', options.width ?? '128', 1),
    depth: integer('depth', options.depth ?? '3', 1),
    activation: oneOf('activation', options.activation ?? 'relu', activationNames),
    bias: options.bias === 'true' || has('biasScale'),
    centred: options.centred === 'true',
  };
  switch (kind) {
    case 'mlp':
      refuseOthers(options, [...shapeOptions.residual, ...shapeOptions.residualSwitches], kind);
      return { kind, ...common, ...(has('dropout') && { dropout: true }) };
    case 'residual-mlp':
      return {
        kind,
        ...common,
        blockLayers:
          oneOf('block layers', options['block-layers'] ?? '1', ['1', '2']) === '1' ? 1 : 2,
        norm: normOf(options, has),
      };
  }
}

function normOf(options: Options, has: (knob: string) => boolean): NormShape {
  const kind = oneOf('norm', options.norm ?? 'none', ['none', 'layer', 'rms']);
  if (kind === 'none') {
    refuseOthers(options, ['placement', 'gains'], 'norm none');
    return { kind };
  }
  return {
    kind,
    placement: oneOf('placement', options.placement ?? 'pre', ['pre', 'post', 'both']),
    gains: options.gains === 'true' || has('gainScale'),
  };
}

/** An option that would do nothing is bad usage. */
function refuseOthers(options: Options, names: readonly string[], kind: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError(`option without effect: --${given} (with ${kind})`);
}
