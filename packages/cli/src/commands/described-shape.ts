import {
  activationNames,
  type ModelShape,
  type NormShape,
  optimizerKinds,
  type Shape,
} from '@hyperlaw/core';
import type { Arguments } from '../arguments.ts';
import { integer, oneOf, UsageError } from '../usage-error.ts';

/** Options and switches that say a model's structure, by the kinds of model that have them. */
const optionsOf = {
  common: ['model', 'width', 'depth', 'activation', 'bias', 'centred'],
  residual: ['norm', 'placement', 'gains'],
  'residual-mlp': ['block-layers'],
  transformer: [
    ...['heads', 'head-size', 'context', 'positions', 'readout', 'feed-forward', 'expansion'],
    ...['query-key-norm', 'logit-scale', 'targets'],
  ],
} as const;

/** Switches among them, and all the other options, which have values. */
export const shapeSwitches: readonly string[] = ['bias', 'centred', 'gains', 'query-key-norm'];
export const shapeOptions: readonly string[] = [
  ...Object.values(optionsOf)
    .flat()
    .filter((name) => !shapeSwitches.includes(name)),
  ...['optimizer', 'batch'],
];

const modelKinds = [
  ...(['mlp', 'residual-mlp', 'transformer'] as const),
] as const satisfies readonly ModelShape['kind'][];

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
  const { residual } = optionsOf;
  switch (kind) {
    case 'mlp':
      refuse(options, [...residual, ...optionsOf['residual-mlp'], ...optionsOf.transformer], kind);
      return { kind, ...common, ...(has('dropout') && { dropout: true }) };
    case 'residual-mlp':
      refuse(options, optionsOf.transformer, kind);
      return {
        kind,
        ...common,
        blockLayers:
          oneOf('block layers', options['block-layers'] ?? '1', ['1', '2']) === '1' ? 1 : 2,
        norm: normOf(options, has),
      };
    case 'transformer':
      refuse(options, optionsOf['residual-mlp'], kind);
      return { kind, ...common, norm: normOf(options, has), ...attentionOf(options, common.width) };
  }
}

function attentionOf(options: Options, width: number) {
  const heads = integer('heads', options.heads ?? '4', 1);
  return {
    heads,
    headSize: integer('head size', options['head-size'] ?? String(width / heads), 1),
    context: integer('context', options.context ?? '64', 1),
    positions: oneOf('positions', options.positions ?? 'rotary', ['rotary', 'learned', 'none']),
    readout: oneOf('readout', options.readout ?? 'untied', ['tied', 'untied']),
    feedForward: oneOf('feed-forward', options['feed-forward'] ?? 'plain', ['plain', 'gated']),
    expansion: integer('expansion', options.expansion ?? '4', 1),
    queryKeyNorm: options['query-key-norm'] === 'true',
    logitScale: oneOf('logit scale', options['logit-scale'] ?? 'sqrt', ['sqrt', 'inverse']),
    targets: oneOf('targets', options.targets ?? 'every', ['every', 'last']),
  };
}

function normOf(options: Options, has: (knob: string) => boolean): NormShape {
  const kind = oneOf('norm', options.norm ?? 'none', ['none', 'layer', 'rms']);
  if (kind === 'none') {
    refuse(options, ['placement', 'gains'], 'norm none');
    return { kind };
  }
  return {
    kind,
    placement: oneOf('placement', options.placement ?? 'pre', ['pre', 'post', 'both']),
    gains: options.gains === 'true' || has('gainScale'),
  };
}

/** An option that would do nothing is bad usage. */
function refuse(options: Options, names: readonly string[], kind: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError(`option without effect: --${given} (with ${kind})`);
}
