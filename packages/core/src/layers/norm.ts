import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter, Place } from '../parameter.ts';
import type { NormKind, NormMap } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import { normalize } from './normalize.ts';

/** One norm layer of a net. */
export interface NormLayer {
  readonly name: string;
  readonly kind: NormKind;
  readonly gains: boolean;
  readonly strength?: number;
  readonly features: number;
  /** Whether `features` grow with width. */
  readonly scales: boolean;
  /** Where its gains stand; a tanh's slope inside them is in the branch, never at its end. */
  readonly place?: Place;
}

/**
 * The tensors of a norm layer: with gains `<name>.gain` `[1, features]`, starting at `gainScale`, and but for `rms`
 * `<name>.bias`; of a dynamic tanh first `<name>.slope` `[1, 1]`, starting at `tanhSlope`.
 */
export function normParameters(layer: NormLayer): readonly Parameter[] {
  const { name, kind, gains, features, place } = layer;
  if (kind === 'none') return [];
  const at = (own: Place | undefined) => (own === undefined ? {} : { place: own });
  const slope: Parameter = {
    ...{ name: `${name}.slope`, role: 'norm-slope', shape: [1, 1], fanIn: 1, fanOut: 1 },
    ...{ scales: { fanIn: false, fanOut: false }, ...at(place && inBranch(place)) },
  };
  const common = {
    shape: [1, features],
    fanIn: 1,
    fanOut: features,
    scales: { fanIn: false, fanOut: layer.scales },
    ...at(place),
  } as const;
  const gain: Parameter = { name: `${name}.gain`, role: 'norm-gain', ...common };
  const bias: Parameter = { name: `${name}.bias`, role: 'norm-bias', ...common };
  return [
    ...(kind === 'dynamic-tanh' ? [slope] : []),
    ...(gains ? [gain, ...(kind === 'rms' ? [] : [bias])] : []),
  ];
}

function inBranch(place: Place): Place {
  return place === 'branch-end' ? 'branch' : place;
}

/**
 * The layer's map of h `[lane, rows, features]`, gains and biases applied; h itself for `none`.
 *
 * - `layer` (1607.06450) and `rms` (1910.07467) normalise every row over its features.
 * - `batch` (1502.03167) normalises every feature over the rows: the batch, in an image its pixels too. There are no
 *   running averages: what is evaluated is normalised by the statistics of its own batch, as in training. So a
 *   held-out loss is that of batches of 256 examples, whose statistics are near those of the distribution, and it does
 *   not depend on averages that lag behind large learning rates. Throws where there is only one row.
 * - `dynamic-tanh` is `γ ⊙ tanh(α h) + β` (2503.10622), α one trained number.
 */
export function norm(layer: NormLayer, parameters: Tensors, h: Tensor): Tensor {
  const { name, kind, gains } = layer;
  if (kind === 'none') return h;
  const unit = mapped({ ...layer, kind }, parameters, h);
  if (!gains) return unit;
  const scaled = tf.mul(unit, tensorOf(parameters, `${name}.gain`));
  return kind === 'rms' ? scaled : tf.add(scaled, tensorOf(parameters, `${name}.bias`));
}

function mapped(
  { name, kind, strength = 1 }: NormLayer & { readonly kind: NormMap['kind'] },
  parameters: Tensors,
  h: Tensor,
): Tensor {
  switch (kind) {
    case 'rms':
      return normalize(h, { axis: -1, centred: false, strength });
    case 'layer':
      return normalize(h, { axis: -1, centred: true, strength });
    case 'batch': {
      const rows = h.shape.at(-2) ?? 1;
      if (rows < 2) throw new Error(`unknown batch: ${rows} (2 or more, with batch norm)`);
      return normalize(h, { axis: -2, centred: true, strength });
    }
    case 'dynamic-tanh':
      return tf.tanh(tf.mul(h, tensorOf(parameters, `${name}.slope`)));
  }
}

/** Throws on a strength or frequency of norms that they cannot have. */
export function checkNorm(norm: { readonly kind: 'none' } | NormMap): void {
  if (norm.kind === 'none') return;
  const { kind, strength, every } = norm;
  if (strength !== undefined && kind === 'dynamic-tanh') {
    throw new Error(`unknown strength: ${strength} (none, with dynamic-tanh)`);
  }
  if (strength !== undefined && !(strength > 0 && strength <= 1)) {
    throw new Error(`unknown strength: ${strength} (a number in (0, 1])`);
  }
  if (every !== undefined && !(Number.isInteger(every) && every > 0)) {
    throw new Error(`unknown every: ${every} (a positive integer)`);
  }
}

/** Whether the i-th layer or block, from 1, has norms. */
export function hasNorm(norm: { readonly kind: 'none' } | NormMap, i: number): boolean {
  return norm.kind !== 'none' && i % (norm.every ?? 1) === 0;
}
