import * as tf from '@tensorflow/tfjs';
import { activationOf } from '../activations.ts';
import type { TransformerShape } from '../shape.ts';
import type { AffineLayer } from './affine.ts';
import { affine, affineParameters } from './affine.ts';
import { mixture } from './mixture.ts';
import type { Branch } from './residual-stack.ts';

/**
 * A feed-forward block as a residual branch: `φ(u W₁) W₂`, or gated `(φ(u W_g) ⊙ u W₁) W₂` (2002.05202); with experts a
 * mixture of such blocks (see `mixture`).
 *
 * Tensors are `<name>.gate` where gated, `<name>.inner`, both `[width, expansion · width]`, and `<name>.end`. Probes see
 * `<name>.feature`, what W₂ is applied to.
 */
export function feedForward(
  name: string,
  shape: Pick<
    TransformerShape,
    'width' | 'expansion' | 'activation' | 'bias' | 'feedForward' | 'experts'
  >,
): Branch {
  const { width, expansion, bias, experts } = shape;
  if (experts) return { name, ...mixture({ ...shape, name, experts, residual: true }) };
  const phi = activationOf(shape.activation);
  const hidden = expansion * width;
  const into = { role: 'hidden', bias, fanIn: width, fanOut: hidden, place: 'branch' } as const;
  const gate: AffineLayer = { ...into, name: `${name}.gate` };
  const inner: AffineLayer = { ...into, name: `${name}.inner` };
  const end: AffineLayer = {
    ...{ role: 'hidden', bias, name: `${name}.end` },
    ...{ fanIn: hidden, fanOut: width, place: 'branch-end' },
  };
  const gated = shape.feedForward === 'gated';
  return {
    name,
    parameters: [...(gated ? [gate] : []), inner, end].flatMap(affineParameters),
    forward: (parameters, u, record) => {
      const z = affine(inner, parameters, u);
      const feature = gated ? tf.mul(phi(affine(gate, parameters, u)), z) : phi(z);
      record?.(`${name}.feature`, feature);
      return affine(end, parameters, feature);
    },
  };
}
