import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Recorder } from '../model.ts';
import type { Parameter } from '../parameter.ts';
import type { BranchGain, NormShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { branchGain, branchGainParameter } from './branch-gain.ts';
import type { NormLayer } from './norm.ts';
import { checkNorm, hasNorm, norm, normParameters } from './norm.ts';

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

/** What a stack is made of beside its branches. */
interface StackShape {
  readonly width: number;
  readonly norm: NormShape;
  readonly branchGain?: BranchGain;
}

/**
 * Residual blocks `h ← h + branch(h)`, one a branch, with norms where the shape has them: `h + b(N(h))` pre,
 * `N(h + b(h))` post, `h + N(b(N(h)))` both; after the last block one more, `norm`, for pre and both. With a branch gain
 * g what is added is `g ⊙` that.
 *
 * Their tensors are `<branch>.norm.*` before the branch, `<branch>.end-norm.*` after it and `<branch>.gain`. The branch
 * multiplier is held by the last of them that has one: gain, end norm, last linear map. Probes see `<branch>.branch`,
 * what is added, and `<branch>.stream`, the stream after it. Throws on `both` without gains, and on norms that stand
 * nowhere.
 */
export function residualStack(branches: readonly Branch[], shape: StackShape): ResidualStack {
  check(branches.length, shape);
  const last = normLayer('norm', shape);
  const atEnd = shape.norm.kind !== 'none' && shape.norm.placement !== 'post';
  const blocks = branches.map((branch, i) => blockOf(branch, { shape, at: i + 1 }));
  return {
    parameters: [
      ...blocks.flatMap(({ parameters }) => parameters),
      ...(atEnd ? normParameters(last) : []),
    ],
    forward: (parameters, start, record) => {
      const h = blocks.reduce((stream, block) => block.forward(parameters, stream, record), start);
      return atEnd ? norm(last, parameters, h) : h;
    },
  };
}

/** One block of a stack, the `at`-th from 1, as tensors and a map of the stream. */
function blockOf(
  { name, parameters: own, forward }: Branch,
  { shape, at }: { readonly shape: StackShape; readonly at: number },
): ResidualStack {
  const { width, norm: norms, branchGain: gain } = shape;
  const placement = norms.kind !== 'none' && hasNorm(norms, at) ? norms.placement : 'none';
  const before: NormLayer | null =
    placement === 'pre' || placement === 'both'
      ? { ...normLayer(`${name}.norm`, shape), place: 'branch' }
      : null;
  const after: NormLayer | null =
    placement === 'both'
      ? { ...normLayer(`${name}.end-norm`, shape), place: gain ? 'branch' : 'branch-end' }
      : null;
  const onStream: NormLayer | null =
    placement === 'post' ? { ...normLayer(`${name}.end-norm`, shape), place: 'stream' } : null;
  return {
    parameters: [
      ...(before ? normParameters(before) : []),
      ...(after || gain ? own.map(inside) : own),
      ...(after ? normParameters(after) : []),
      ...(gain ? [branchGainParameter(name, { kind: gain, width })] : []),
      ...(onStream ? normParameters(onStream) : []),
    ],
    forward: (parameters, h, record) => {
      const u = before ? norm(before, parameters, h) : h;
      const branch = forward(parameters, u, record);
      const normed = after ? norm(after, parameters, branch) : branch;
      const added = gain ? branchGain(name, parameters, normed) : normed;
      const sum = tf.add(h, added);
      const stream = onStream ? norm(onStream, parameters, sum) : sum;
      record?.(`${name}.branch`, added);
      record?.(`${name}.stream`, stream);
      return stream;
    },
  };
}

function normLayer(name: string, { width, norm: shape }: StackShape): NormLayer {
  const sized = { name, features: width, scales: true };
  if (shape.kind === 'none') return { ...sized, kind: 'none', gains: false };
  const { kind, gains, strength } = shape;
  return { ...sized, kind, gains, ...(strength === undefined ? {} : { strength }) };
}

function check(depth: number, { norm: shape, branchGain: gain }: StackShape): void {
  checkNorm(shape);
  if (shape.kind === 'none') return;
  const { placement, gains, every = 1 } = shape;
  if (placement === 'both' && !gains && gain === undefined) {
    throw new Error('unknown gains: false (true where norms stand on both sides of a branch)');
  }
  if (placement === 'post' && every > depth) {
    throw new Error(`unknown every: ${every} (at most ${depth}, or no norm stands anywhere)`);
  }
}

/** Where a norm or gain follows the branch, it holds the multiplier and what stands before it is inside. */
function inside(parameter: Parameter): Parameter {
  return parameter.place === 'branch-end' ? { ...parameter, place: 'branch' } : parameter;
}
