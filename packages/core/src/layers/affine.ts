import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter, Place, Role } from '../parameter.ts';
import type { WeightKind } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import { unitWeight, weightGain } from './unit-weight.ts';

/** A linear map's place and sizes. */
export interface AffineLayer {
  readonly name: string;
  readonly role: 'input' | 'hidden' | 'output';
  readonly fanIn: number;
  readonly fanOut: number;
  readonly bias: boolean;
  readonly place?: Place;
  /** How its weights are normalised; as they are by default. */
  readonly weights?: WeightKind;
}

/**
 * The tensors of `h W + b`: `<name>.weight` `[fanIn, fanOut]`, of normalised weights `<name>.weight-gain` `[1, fanOut]`,
 * and with a bias `<name>.bias` `[1, fanOut]`.
 */
export function affineParameters(layer: AffineLayer): readonly Parameter[] {
  const { name, role, fanIn, fanOut, bias } = layer;
  const place = layer.place === undefined ? {} : { place: layer.place };
  const scales = { fanIn: role !== 'input', fanOut: role !== 'output' };
  const weight: Parameter = {
    name: `${name}.weight`,
    role,
    shape: [fanIn, fanOut],
    fanIn,
    fanOut,
    scales,
    ...place,
  };
  const weights = layer.weights ? weightGain(weight, layer.weights) : [weight];
  if (!bias) return weights;
  const biasRole: Role = `${role}-bias`;
  return [
    ...weights,
    {
      name: `${name}.bias`,
      role: biasRole,
      shape: [1, fanOut],
      fanIn: 1,
      fanOut,
      scales: { fanIn: false, fanOut: scales.fanOut },
      ...place,
    },
  ];
}

/** `h W + b`, h `[lane or 1, batch, fanIn]` to `[lane, batch, fanOut]`. */
export function affine(
  layer: Pick<AffineLayer, 'name' | 'role' | 'bias' | 'weights'>,
  parameters: Tensors,
  h: Tensor,
): Tensor {
  const { name, bias } = layer;
  const z = tf.matMul(h, effectiveWeight(layer, parameters));
  return bias ? tf.add(z, tensorOf(parameters, `${name}.bias`)) : z;
}

/** The matrix `[lane, fanIn, fanOut]` that a layer multiplies with: its weight, or that normalised times its gains. */
export function effectiveWeight(
  { name, role, weights }: Pick<AffineLayer, 'name' | 'role' | 'weights'>,
  parameters: Tensors,
): Tensor {
  const weight = tensorOf(parameters, `${name}.weight`);
  if (!weights) return weight;
  const centred = weights === 'standardised' && role !== 'input';
  return unitWeight(weight, { gain: tensorOf(parameters, `${name}.weight-gain`), centred });
}
