import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Recorder } from '../model.ts';
import type { Parameter } from '../parameter.ts';
import type { TransformerShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import type { AffineLayer } from './affine.ts';
import { affine, affineParameters } from './affine.ts';
import type { NormLayer } from './norm.ts';
import { norm, normParameters } from './norm.ts';
import type { Branch } from './residual-stack.ts';
import { rotate } from './rotary.ts';

type AttentionShape = Pick<
  TransformerShape,
  'width' | 'heads' | 'headSize' | 'context' | 'positions' | 'bias' | 'queryKeyNorm' | 'logitScale'
>;

/** Rows up to which windows share one product: of smaller ones the product's own overhead is most of the cost. */
const SHARED_ROWS = 16;

/** Far below every logit, and finite: a row that saw nothing else would not become NaN. */
const HIDDEN = -1e9;

/**
 * Causal multi-head attention as a residual branch: `softmax(q kᵀ/d^s + mask) v W` over u `[lane, batch · context,
 * width]`, with `s = ½` or 1 and d the head size (1706.03762; 2203.03466 for s = 1).
 *
 * Tensors are `<name>.query`, `.key`, `.value` `[width, heads · headSize]`, `.end` `[heads · headSize, width]`, and with
 * QK norm `<name>.query-norm.gain` and `.key-norm.gain` `[1, headSize]`, shared by the heads. The knob `attentionScale`
 * multiplies the logits; it is held by the query's tensors, or by its gain. Probes see `<name>.logits`, scaled and not
 * masked, and `<name>.pattern`, both `[lane · batch · heads, context, context]`.
 */
export function attention(name: string, shape: AttentionShape): Branch {
  const { width, heads, headSize, context, bias, queryKeyNorm, logitScale } = shape;
  const inner = heads * headSize;
  const hidden = { role: 'hidden', bias } as const;
  const into = { ...hidden, fanIn: width, fanOut: inner, place: 'branch' } as const;
  const query: AffineLayer = { ...into, name: `${name}.query` };
  const key: AffineLayer = { ...into, name: `${name}.key` };
  const value: AffineLayer = { ...into, name: `${name}.value` };
  const end: AffineLayer = {
    ...{ ...hidden, name: `${name}.end`, fanIn: inner, fanOut: width, place: 'branch-end' },
  };
  const perHead = {
    kind: queryKeyNorm ? 'rms' : 'none',
    gains: true,
    features: headSize,
    place: 'branch',
    // 1/d is for heads that grow with width.
    scales: logitScale === 'inverse',
  } as const;
  const queryNorm: NormLayer = { ...perHead, name: `${name}.query-norm` };
  const keyNorm: NormLayer = { ...perHead, name: `${name}.key-norm` };
  const scaled = (parameters: readonly Parameter[]): readonly Parameter[] =>
    parameters.map((parameter) => ({ ...parameter, multiplierKnob: 'attentionScale' }));
  const queryTensors = affineParameters(query);
  const gainTensors = normParameters(queryNorm);

  /** `[lane, batch · context, heads · headSize]` to `[lane · batch/g, heads, g · context, headSize]`, normed by head. */
  const split = (parameters: Tensors, x: Tensor, together: number, layer?: NormLayer): Tensor => {
    const [lanes = 1, rows = 1] = x.shape;
    const perRow = layer
      ? norm(layer, parameters, tf.reshape(x, [lanes, rows * heads, headSize]))
      : x;
    const span = together * context;
    const all = tf.reshape(perRow, [(lanes * rows) / span, span, heads, headSize]);
    return tf.transpose(all, [0, 2, 1, 3]);
  };
  const joined = (x: Tensor, lanes: number): Tensor =>
    tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [lanes, -1, inner]);

  return {
    name,
    parameters: [
      ...(queryKeyNorm ? queryTensors : scaled(queryTensors)),
      ...scaled(gainTensors),
      ...affineParameters(key),
      ...normParameters(keyNorm),
      ...affineParameters(value),
      ...affineParameters(end),
    ],
    forward: (parameters, u, record) => {
      const [lanes = 1, rows = 1] = u.shape;
      // Probes see every window's own logits.
      const g = record ? 1 : windowsTogether(rows / context, context);
      const { q, k } = placed(shape, {
        q: split(parameters, affine(query, parameters, u), g, queryKeyNorm ? queryNorm : undefined),
        k: split(parameters, affine(key, parameters, u), g, queryKeyNorm ? keyNorm : undefined),
      });
      const v = split(parameters, affine(value, parameters, u), g);
      const pattern = causalPattern(q, k, { name, context, record });
      const mixed = tf.matMul(pattern, flat(v));
      return affine(end, parameters, joined(tf.reshape(mixed, v.shape), lanes));
    },
  };
}

/** How many windows of a lane's are one block-diagonal product: as many as divide them and have few enough rows. */
export function windowsTogether(windows: number, context: number): number {
  for (let g = Math.min(windows, Math.floor(SHARED_ROWS / context)); g > 1; g--) {
    if (windows % g === 0) return g;
  }
  return 1;
}

/** Queries times `d^{−s}`, and both turned by their positions where those are rotary. */
function placed(
  { headSize, context, logitScale, positions }: AttentionShape,
  { q, k }: { readonly q: Tensor; readonly k: Tensor },
): { readonly q: Tensor; readonly k: Tensor } {
  const scale = headSize ** (logitScale === 'inverse' ? -1 : -1 / 2);
  return positions === 'rotary'
    ? { q: rotate(q, { context, scale }), k: rotate(k, { context }) }
    : { q: tf.mul(q, scale), k };
}

/**
 * `softmax(q kᵀ)` over the positions up to each in its own window: q and k `[n, heads, span, d]`, the span a number of
 * windows one after the other, to `[n · heads, span, span]`, 0 between windows.
 */
function causalPattern(
  q: Tensor,
  k: Tensor,
  {
    name,
    context,
    record,
  }: {
    readonly name: string;
    readonly context: number;
    readonly record: Recorder | undefined;
  },
): Tensor {
  const span = q.shape[2] ?? 1;
  const logits = tf.matMul(flat(q), flat(k), false, true);
  const mask = Float32Array.from({ length: span * span }, (_, at) => {
    const [from, to] = [Math.floor(at / span), at % span];
    const sameWindow = Math.floor(from / context) === Math.floor(to / context);
    return sameWindow && to <= from ? 0 : HIDDEN;
  });
  const pattern = tf.softmax(tf.add(logits, tf.tensor(mask, [1, span, span])));
  record?.(`${name}.logits`, logits);
  record?.(`${name}.pattern`, pattern);
  return pattern;
}

function flat(x: Tensor): Tensor {
  const [n = 1, heads = 1, context = 1, size = 1] = x.shape;
  return tf.reshape(x, [n * heads, context, size]);
}
