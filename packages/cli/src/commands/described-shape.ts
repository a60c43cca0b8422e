import { activationNames, type ModelShape, optimizerKinds, type Shape } from '@hyperlaw/core';
import type { Arguments } from '../arguments.ts';
import { integer, oneOf } from '../usage-error.ts';
import { describedExperts, expertOptions } from './described-experts.ts';
import { describedLayerNorm, describedNorm } from './described-norm.ts';
import { refuse } from './refuse-option.ts';

type Kind = ModelShape['kind'];
type Options = Arguments['options'];

const norms = ['norm', 'gains', 'strength', 'every'] as const;
const branches = ['placement', 'branch-gain'] as const;
const everyModel = ['model', 'width', 'depth', 'activation', 'bias', 'centred'] as const;

/** Options and switches that say a model's structure, beside those of every model. */
const optionsOf: Readonly<Record<Kind, readonly string[]>> = {
  mlp: [...norms, 'position', 'weights', ...expertOptions],
  'residual-mlp': [...norms, ...branches, 'weights', 'block-layers', ...expertOptions],
  transformer: [
    ...[...norms, ...branches, 'heads', 'head-size', 'context', 'positions', 'readout'],
    ...['feed-forward', 'expansion', 'query-key-norm', 'logit-scale', 'targets'],
    ...expertOptions,
  ],
  'conv-net': [...norms, 'position', 'weights', 'side', 'channels', 'pools'],
};

const modelKinds = Object.keys(optionsOf) as readonly Kind[];
const modelOptions = [...new Set(Object.values(optionsOf).flat())];

/** Switches among the options of shapes, and all the others, which have values. */
export const shapeSwitches: readonly string[] = [
  ...['bias', 'centred', 'gains', 'query-key-norm', 'normalised-gates'],
];
export const shapeOptions: readonly string[] = [
  ...[...everyModel, ...modelOptions].filter((name) => !shapeSwitches.includes(name)),
  ...['optimizer', 'batch'],
];

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
  const own = optionsOf[kind];
  refuse(
    options,
    modelOptions.filter((name) => !own.includes(name)),
    kind,
  );
  const common = {
    width: integer('width', options.width ?? '128', 1),
    depth: integer('depth', options.depth ?? '3', 1),
    activation: oneOf('activation', options.activation ?? 'relu', activationNames),
    bias: options.bias === 'true' || has('biasScale'),
    centred: options.centred === 'true',
  };
  switch (kind) {
    case 'mlp':
      return {
        ...{ kind, ...common, ...describedLayerNorm(options, has), ...weightsOf(options) },
        ...(has('dropout') && { dropout: true }),
        ...describedExperts(options, has),
      };
    case 'residual-mlp':
      return {
        ...{ kind, ...common, norm: describedNorm(options, has), ...weightsOf(options) },
        ...{ ...branchGainOf(options), ...describedExperts(options, has) },
        blockLayers: blockLayersOf(options),
      };
    case 'transformer':
      return {
        ...{ kind, ...common, norm: describedNorm(options, has), ...branchGainOf(options) },
        ...{ ...attentionOf(options, common.width), ...describedExperts(options, has) },
      };
    case 'conv-net':
      return {
        ...{ kind, ...common, ...describedLayerNorm(options, has), ...weightsOf(options) },
        side: integer('side', options.side ?? '14', 1),
        channels: integer('channels', options.channels ?? '1', 1),
        pools: integer('pools', options.pools ?? '0', 0),
      };
  }
}

/** Experts have two layers, so that a block of theirs has unless it is said otherwise. */
function blockLayersOf(options: Options): 1 | 2 {
  const usual = options.experts === undefined ? '1' : '2';
  return oneOf('block layers', options['block-layers'] ?? usual, ['1', '2']) === '1' ? 1 : 2;
}

function weightsOf({ weights }: Options) {
  const kinds = ['normalised', 'standardised', 'spherical'] as const;
  return weights === undefined ? {} : { weights: oneOf('weights', weights, kinds) };
}

function branchGainOf({ 'branch-gain': given }: Options) {
  const kinds = ['scalar', 'features'] as const;
  return given === undefined ? {} : { branchGain: oneOf('branch gain', given, kinds) };
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
