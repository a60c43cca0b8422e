import type { NormMap, NormShape, OptimizerKind, Shape } from '@hyperlaw/core';
import { CONTEXT } from './tasks.ts';

/** The networks in which norms are replaced. */
export type Net = 'mlp' | 'transformer';

/** A way of keeping a net trainable: norm layers, or something in their stead. */
export interface Contestant {
  readonly id: string;
  readonly title: string;
  readonly normed: boolean;
  readonly nets: readonly Net[];
  readonly norm: NormShape;
  /** Other parts of a model. */
  readonly parts?: { readonly branchGain?: 'scalar' | 'features' } & {
    readonly weights?: 'standardised' | 'spherical';
  };
  /** Steps in proportion to the weights: LARS in the place of SGD, LAMB in that of Adam. */
  readonly scaleAware?: boolean;
  /** Where its branch gains start. */
  readonly branchGainScale?: number;
}

const both: readonly Net[] = ['mlp', 'transformer'];

function withNorm(
  id: string,
  title: string,
  norm: Pick<NormMap, 'kind'> & { readonly placement: 'pre' | 'post' | 'both' },
  { gains = true, nets = both }: { readonly gains?: boolean; readonly nets?: typeof both } = {},
): Contestant {
  return { id, title, normed: true, nets, norm: { ...norm, gains } };
}

const none: NormShape = { kind: 'none' };

/**
 * As many with norms as without, in either net, so that both sides are tuned on the same budget in all. Batch norm would
 * see later tokens in a transformer, whose weights are used as they are.
 */
export const contestants: readonly Contestant[] = [
  withNorm('pre-layer', 'LayerNorm, pre', { kind: 'layer', placement: 'pre' }),
  withNorm(
    ...(['pre-layer-bare', 'LayerNorm, pre, no gains'] as const),
    { kind: 'layer', placement: 'pre' },
    { gains: false },
  ),
  withNorm('post-layer', 'LayerNorm, post', { kind: 'layer', placement: 'post' }),
  withNorm('both-layer', 'LayerNorm, both sides', { kind: 'layer', placement: 'both' }),
  withNorm('pre-rms', 'RMSNorm, pre', { kind: 'rms', placement: 'pre' }),
  withNorm('pre-batch', 'BatchNorm, pre', { kind: 'batch', placement: 'pre' }, { nets: ['mlp'] }),
  withNorm(
    'post-batch',
    'BatchNorm, post',
    { kind: 'batch', placement: 'post' },
    { nets: ['mlp'] },
  ),
  { id: 'none', title: 'nothing in their stead', normed: false, nets: both, norm: none },
  {
    ...{ id: 'tanh', title: 'tanh with a learned scale', normed: false, nets: both },
    norm: { kind: 'dynamic-tanh', placement: 'pre', gains: true },
  },
  {
    ...{ id: 'zero-branch', title: 'branches that start at zero', normed: false, nets: both },
    ...{ norm: none, parts: { branchGain: 'scalar' }, branchGainScale: 0 },
  },
  {
    ...{ id: 'small-branch', title: 'branches that start small', normed: false, nets: both },
    ...{ norm: none, parts: { branchGain: 'features' }, branchGainScale: 0.1 },
  },
  {
    ...{ id: 'scale-aware', title: 'steps in proportion to weights', normed: false, nets: both },
    ...{ norm: none, scaleAware: true },
  },
  {
    ...{ id: 'standardised', title: 'standardised weights', normed: false, nets: ['mlp'] },
    ...{ norm: none, parts: { weights: 'standardised' } },
  },
  {
    ...{ id: 'spherical', title: 'weights on a sphere', normed: false, nets: ['mlp'] },
    ...{ norm: none, parts: { weights: 'spherical' } },
  },
];

/** Those that a net can have. */
export const contestantsOf = (net: Net): readonly Contestant[] =>
  contestants.filter(({ nets }) => nets.includes(net));

const optimizers: Readonly<Record<Net, readonly [plain: OptimizerKind, aware: OptimizerKind]>> = {
  mlp: ['sgd', 'lars'],
  transformer: ['adam', 'lamb'],
};

/** Examples a step; of the transformer each has `CONTEXT` predictions. */
const BATCH: Readonly<Record<Net, number>> = { mlp: 32, transformer: 8 };

/** A net of a depth and a width with a contestant in it. All have biases, since norms with gains bring some. */
export function shapeOf(
  net: Net,
  { norm, parts = {}, scaleAware = false }: Contestant,
  { depth, width }: { readonly depth: number; readonly width: number },
): Shape {
  const common = { width, depth, activation: 'relu', bias: true, centred: false, norm } as const;
  const rest = {
    optimizer: { kind: optimizers[net][scaleAware ? 1 : 0] },
    batch: BATCH[net],
  };
  switch (net) {
    case 'mlp':
      return { model: { kind: 'residual-mlp', ...common, ...parts, blockLayers: 1 }, ...rest };
    case 'transformer': {
      const { branchGain } = parts;
      return {
        model: {
          ...{ kind: 'transformer', ...common, ...(branchGain && { branchGain }) },
          ...{ heads: 2, headSize: 2 * Math.round(width / 4), context: CONTEXT },
          ...{ positions: 'rotary', readout: 'untied', feedForward: 'plain', expansion: 2 },
          ...{ queryKeyNorm: false, logitScale: 'sqrt', targets: 'every' },
        },
        ...rest,
      };
    }
  }
}
