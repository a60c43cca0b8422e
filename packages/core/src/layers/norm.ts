import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter, Place } from '../parameter.ts';
import type { NormKind } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import { layerNormalize, rmsNormalize } from './normalize.ts';

/** One norm layer of a net. */
export interface NormLayer {
  readonly name: string;
  readonly kind: NormKind;
  readonly gains: boolean;
  readonly features: number;
  /** Whether `features` grow with width. */
  readonly scales: boolean;
  readonly place?: Place;
}

/** The tensors of a norm layer with gains: `<name>.gain` `[1, features]`, starting at 1, and for `layer` `<name>.bias`. */
export function normParameters(layer: NormLayer): readonly Parameter[] {
  const { name, kind, gains, features } = layer;
  if (!gains || kind === 'none') return [];
  const common = {
    shape: [1, features],
    fanIn: 1,
    fanOut: features,
    scales: { fanIn: false, fanOut: layer.scales },
    ...(layer.place === undefined ? {} : { place: layer.place }),
  } as const;
  const gain: Parameter = { name: `${name}.gain`, role: 'norm-gain', ...common };
  return kind === 'layer' ? [gain, { name: `${name}.bias`, role: 'norm-bias', ...common }] : [gain];
}

/** The layer's norm of h `[lane, ..., features]`, gains and biases applied; h itself for `none`. */
export function norm(layer: NormLayer, parameters: Tensors, h: Tensor): Tensor {
  const { name, kind, gains } = layer;
  switch (kind) {
    case 'none':
      return h;
    case 'rms': {
      const unit = rmsNormalize(h);
      return gains ? tf.mul(unit, tensorOf(parameters, `${name}.gain`)) : unit;
    }
    case 'layer': {
      const unit = layerNormalize(h);
      if (!gains) return unit;
      const scaled = tf.mul(unit, tensorOf(parameters, `${name}.gain`));
      return tf.add(scaled, tensorOf(parameters, `${name}.bias`));
    }
  }
}
