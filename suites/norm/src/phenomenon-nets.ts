import type { Knobs, LayerNormShape, NormShape, Shape } from '@hyperlaw/core';

/** A net in which a phenomenon is looked at; no biases, so that theory holds as it stands. */
export interface Phenomenon {
  readonly id: string;
  readonly title: string;
  readonly net: 'plain' | 'residual';
  readonly norm: LayerNormShape | NormShape;
}

const before = (id: string, title: string, norm: object = {}): Phenomenon => ({
  ...{ id, title, net: 'plain' },
  norm: { kind: 'layer', gains: false, position: 'before', ...norm } as LayerNormShape,
});

const residual = (placement: 'pre' | 'post' | 'both', title: string): Phenomenon => ({
  ...{ id: `residual-${placement}`, title, net: 'residual' },
  norm: { kind: 'layer', gains: placement === 'both', placement },
});

/** Plain nets with norms before the activation, by kind. */
export const kinds: readonly Phenomenon[] = [
  { id: 'none', title: 'none', net: 'plain', norm: { kind: 'none' } },
  before('layer', 'LayerNorm'),
  before('rms', 'RMSNorm', { kind: 'rms' }),
  before('batch', 'BatchNorm', { kind: 'batch' }),
];

/** The same by how much of a norm there is. */
export const doses: readonly Phenomenon[] = [
  before('layer-quarter', 'LayerNorm, strength ¼', { strength: 0.25 }),
  before('layer-half', 'LayerNorm, strength ½', { strength: 0.5 }),
  before('layer-every-2', 'LayerNorm, every 2nd layer', { every: 2 }),
  before('layer-every-4', 'LayerNorm, every 4th layer', { every: 4 }),
  before('layer-gains', 'LayerNorm with gains', { gains: true }),
  before('tanh', 'tanh with a learned scale', { kind: 'dynamic-tanh', gains: true }),
];

/** Residual nets by where LayerNorm stands. */
export const placements: readonly Phenomenon[] = [
  { id: 'residual-none', title: 'none', net: 'residual', norm: { kind: 'none' } },
  residual('pre', 'pre'),
  residual('post', 'post'),
  residual('both', 'both sides'),
];

/** The shape of such a net, trained by SGD. */
export function phenomenonShape(
  { net, norm }: Phenomenon,
  { width, depth }: { readonly width: number; readonly depth: number },
): Shape {
  const common = { width, depth, activation: 'relu', bias: false, centred: false } as const;
  const rest = { optimizer: { kind: 'sgd' }, batch: 32 } as const;
  return net === 'plain'
    ? { model: { kind: 'mlp', ...common, norm: norm as LayerNormShape }, ...rest }
    : {
        model: { kind: 'residual-mlp', ...common, blockLayers: 1, norm: norm as NormShape },
        ...rest,
      };
}

/**
 * Knobs that multiply the init scale of all weights but the readout's: those that a norm follows in a plain net. Plain
 * ReLU nets start at √2 times that, their critical scale.
 */
export function scaleKnobs({ net }: Phenomenon, scale: number): Knobs {
  const base = net === 'plain' ? Math.SQRT2 : 1;
  return { 'initScale/input': base * scale, 'initScale/hidden': base * scale };
}

/** What all weights are trained at. */
export const oneRate = (rate: number): Knobs => ({ learningRate: rate });

/** The readout's rate where the others have one of their own. */
export const READOUT_RATE = 2 ** -4;

/** A rate of all weights but the readout's. */
export function ownRate(rate: number): Knobs {
  const factor = rate / READOUT_RATE;
  return {
    learningRate: READOUT_RATE,
    'learningRate/input': factor,
    'learningRate/hidden': factor,
  };
}
