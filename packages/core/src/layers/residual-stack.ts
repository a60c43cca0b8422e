import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Recorder } from '../model.ts';
import type { Parameter } from '../parameter.ts';
import type { NormShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import type { NormLayer } from './norm.ts';
import { norm, normParameters } from './norm.ts';

/** A branch of a residual block. Its last map is linear, so that a branch multiplier is absorbed into it. */
export interface Branch {
  readonly name: string;
  /** Tensors in place `branch`, and those of the last linear map in place `branch-end`. */
  readonly parameters: readonly Parameter[];
  readonly forward: (parameters: Tensors, u: Tensor, record?: Recorder) => Tensor;
}

/** A stack of residual blocks with its norms. */
export interface ResidualStack {
  readonly parameters: readonly Parameter[];
  /** h `[lane, ..., width]` to the same shape, final norm included. */
  readonly forward: (parameters: Tensors, h: Tensor, record?: Recorder) => Tensor;
}

/**
 * Residual blocks `h ← h + branch(h)`, one a branch, with norms where the shape has them: `h + b(N(h))` pre,
 * `N(h + b(h))` post, `h + N(b(N(h)))` both; after the last block one more, `norm`, for pre and both.
 *
 * Their tensors are `<branch>.norm.*` before the branch and `<branch>.end-norm.*` after it. Probes see
 * `<branch>.branch`, what is added, and `<branch>.stream`, the stream after it. Throws on `both` without gains.
 */
export function residualStack(
  branches: readonly Branch[],
  { width, norm: shape }: { readonly width: number; readonly norm: NormShape },
): ResidualStack {
  if (shape.kind !== 'none' && shape.placement === 'both' && !shape.gains) {
    throw new Error('unknown gains: false (true where norms stand on both sides of a branch)');
  }
  const placement = shape.kind === 'none' ? 'none' : shape.placement;
  const layer = (name: string): Omit<NormLayer, 'place'> => ({
    name,
    kind: shape.kind,
    gains: shape.kind !== 'none' && shape.gains,
    features: width,
    scales: true,
  });
  const before = (name: string): NormLayer => ({ ...layer(`${name}.norm`), place: 'branch' });
  const after = (name: string): NormLayer => ({
    ...layer(`${name}.end-norm`),
    place: placement === 'post' ? 'stream' : 'branch-end',
  });
  const last = layer('norm');
  const first = placement === 'pre' || placement === 'both';
  const end = placement === 'post' || placement === 'both';
  return {
    parameters: [
      ...branches.flatMap(({ name, parameters }) => [
        ...(first ? normParameters(before(name)) : []),
        ...(placement === 'both' ? parameters.map(inside) : parameters),
        ...(end ? normParameters(after(name)) : []),
      ]),
      ...(first ? normParameters(last) : []),
    ],
    forward: (parameters, start, record) => {
      let h = start;
      for (const { name, forward } of branches) {
        const u = first ? norm(before(name), parameters, h) : h;
        const branch = forward(parameters, u, record);
        const added = placement === 'both' ? norm(after(name), parameters, branch) : branch;
        const sum = tf.add(h, added);
        h = placement === 'post' ? norm(after(name), parameters, sum) : sum;
        record?.(`${name}.branch`, added);
        record?.(`${name}.stream`, h);
      }
      return first ? norm(last, parameters, h) : h;
    },
  };
}

/** Where a norm follows the branch, its gains hold the multiplier and what stands before it is inside. */
function inside(parameter: Parameter): Parameter {
  return parameter.place === 'branch-end' ? { ...parameter, place: 'branch' } : parameter;
}
