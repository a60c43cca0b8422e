import type { Tensor } from '@tensorflow/tfjs';
import type { Parameter } from '../parameter.ts';
import type { LayerNormShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import type { NormLayer } from './norm.ts';
import { checkNorm, hasNorm, norm, normParameters } from './norm.ts';

type LayerMap = (layer: string, parameters: Tensors, h: Tensor) => Tensor;

/** The norms of a net without branches, by the name of the layer that they belong to. */
export interface LayerNorms {
  readonly count: number;
  readonly parameters: (layer: string) => readonly Parameter[];
  /** Of a preactivation `[lane, rows, width]`: itself where no norm stands. */
  readonly before: LayerMap;
  /** Of what the activation gives, `[lane, rows, width]`. */
  readonly after: LayerMap;
}

/**
 * Norms beside the activations of a net's hidden layers, tensors `<layer>.norm.*`. Throws on a norm that cannot be, and
 * on one that stands nowhere.
 */
export function layerNorms(
  {
    width,
    norm: shape = { kind: 'none' },
  }: { readonly width: number; readonly norm?: LayerNormShape },
  { layers }: { readonly layers: readonly string[] },
): LayerNorms {
  checkNorm(shape);
  const normed = new Map<string, NormLayer>();
  if (shape.kind !== 'none') {
    const { kind, gains, strength } = shape;
    for (const [i, layer] of layers.entries()) {
      if (!hasNorm(shape, i + 1)) continue;
      normed.set(layer, {
        ...{ name: `${layer}.norm`, kind, gains, features: width, scales: true },
        ...(strength === undefined ? {} : { strength }),
      });
    }
    if (normed.size === 0) {
      throw new Error(
        `unknown every: ${shape.every} (at most ${layers.length}, or no norm stands anywhere)`,
      );
    }
  }
  const at =
    (position: 'before' | 'after'): LayerMap =>
    (layer, parameters, h) => {
      const own = normed.get(layer);
      return own && shape.kind !== 'none' && shape.position === position
        ? norm(own, parameters, h)
        : h;
    };
  return {
    count: normed.size,
    parameters: (layer) => {
      const own = normed.get(layer);
      return own ? normParameters(own) : [];
    },
    before: at('before'),
    after: at('after'),
  };
}
