import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter, Place, Role } from '../parameter.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';

/** A linear map's place and sizes. */
export interface AffineLayer {
  readonly name: string;
  readonly role: 'input' | 'hidden' | 'output';
  readonly fanIn: number;
  readonly fanOut: number;
  readonly bias: boolean;
  readonly place?: Place;
}

/** The tensors of `h W + b`: `<name>.weight` `[fanIn, fanOut]` and, with a bias, `<name>.bias` `[1, fanOut]`. */
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
  if (!bias) return [weight];
  const biasRole: Role = `${role}-bias`;
  return [
    weight,
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
  { name, bias }: Pick<AffineLayer, 'name' | 'bias'>,
  parameters: Tensors,
  h: Tensor,
): Tensor {
  const z = tf.matMul(h, tensorOf(parameters, `${name}.weight`));
  return bias ? tf.add(z, tensorOf(parameters, `${name}.bias`)) : z;
}
