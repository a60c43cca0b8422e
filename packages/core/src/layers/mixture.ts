import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { ActivationName } from '../activations.ts';
import { activationOf } from '../activations.ts';
import type { Recorder } from '../model.ts';
import type { Parameter } from '../parameter.ts';
import type { ExpertsShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import { dispatch } from './dispatch.ts';
import { expertChoices } from './expert-choices.ts';
import { expertGates, routerDistribution } from './expert-gates.ts';
import { loadBalanceLoss, withPenalty } from './load-balance.ts';
import { mixtureParameters } from './mixture-parameters.ts';

/** A mixture of experts and the map it stands for. */
export interface MixtureLayer {
  readonly name: string;
  readonly width: number;
  readonly experts: ExpertsShape;
  readonly activation: ActivationName;
  /** Experts of `φ(u W₁) W₂`, or `(φ(u W_g) ⊙ u W₁) W₂`. */
  readonly feedForward: 'plain' | 'gated';
  readonly bias: boolean;
  /** In a residual branch, whose end the experts' second maps then are. */
  readonly residual: boolean;
}

/** A map of the stream by a mixture of experts. */
export interface Mixture {
  readonly parameters: readonly Parameter[];
  /** u `[lane, rows, width]` to the same shape. */
  readonly forward: (parameters: Tensors, u: Tensor, record?: Recorder) => Tensor;
}

/**
 * A mixture of experts `Σ g_e(u) φ(u U_e + b_e) D_e + …` over the active experts of every row (1701.06538).
 *
 * Tensors are `<name>.router.weight` `[width, count]`, `<name>.inner.weight` `[width, count · hidden]`, the experts side
 * by side, `<name>.gate.weight` likewise where gated, and `<name>.end.weight` `[count · hidden, width]`, one below the
 * other; with biases `.bias`.
 *
 * Without a capacity every expert computes every row, as one net of `count · hidden` features whose gates scale the
 * features: two products in all. With one, rows are looked up into slots and every expert computes its own:
 * `capacity · active/count` of the products. Where that is 1 or more there is a slot for every row, and no dispatch.
 *
 * Probes see `<name>.logits`, the router's, `<name>.gates`, 0 where not active, and `<name>.assigned`, 1 where an
 * expert computes a row, all `[lane, rows, count]`, and `<name>.experts`, the experts' features times their gates: of
 * every row `[lane, rows, count · hidden]`, or of every slot `[lane, count · slots, hidden]`. Throws on counts that cannot
 * be.
 */
export function mixture(layer: MixtureLayer): Mixture {
  const { name, experts, activation } = layer;
  const parameters = mixtureParameters(layer);
  const phi = activationOf(activation);
  const computed = { ...layer, phi };
  return {
    parameters,
    forward: (weights, u, record) => {
      const logits = tf.matMul(u, tensorOf(weights, `${name}.router.weight`));
      const choices = expertChoices(logits, experts.active);
      const mask = tf.sum(choices, 2) as Tensor;
      const gates = expertGates(experts, logits, mask);
      const slots = slotsOf(experts, u.shape[1] ?? 1);
      record?.(`${name}.logits`, logits);
      const y =
        slots === null
          ? dense(computed, weights, { u, gates, record })
          : sparse(computed, weights, { u, gates, choices, slots, record });
      if (slots === null) record?.(`${name}.assigned`, mask);
      if (!experts.balanced) return y;
      const penalty = loadBalanceLoss(routerDistribution(experts, logits), mask);
      return withPenalty(y, penalty, tensorOf(weights, 'loadBalance'));
    },
  };
}

/** Slots of an expert among so many rows; null where every row could have one. */
function slotsOf({ count, active, capacity }: ExpertsShape, rows: number): number | null {
  if (capacity === undefined) return null;
  const slots = Math.ceil((capacity * active * rows) / count);
  return slots < rows ? slots : null;
}

type Computed = MixtureLayer & { readonly phi: (z: Tensor) => Tensor };

interface Routed {
  readonly u: Tensor;
  readonly gates: Tensor;
  readonly record: Recorder | undefined;
}

/** Every expert on every row: the features of all experts side by side, each times its gate. */
function dense(layer: Computed, weights: Tensors, { u, gates, record }: Routed): Tensor {
  const { name, bias } = layer;
  const [lanes = 1, rows = 1, count = 1] = gates.shape;
  const into = (part: string) => {
    const z = tf.matMul(u, tensorOf(weights, `${name}.${part}.weight`));
    return bias ? tf.add(z, tensorOf(weights, `${name}.${part}.bias`)) : z;
  };
  const features = activated(layer, into);
  const hidden = (features.shape[2] ?? 1) / count;
  const byExpert = tf.reshape(features, [lanes, rows, count, hidden]);
  const gated = tf.reshape(tf.mul(byExpert, tf.expandDims(gates, -1)), features.shape);
  record?.(`${name}.gates`, gates);
  record?.(`${name}.experts`, gated);
  const y = tf.matMul(gated, tensorOf(weights, `${name}.end.weight`));
  if (!bias) return y;
  const biases = tf.reshape(tensorOf(weights, `${name}.end.bias`), [lanes, count, layer.width]);
  return tf.add(y, tf.matMul(gates, biases));
}

/** Every expert on the rows in its slots. */
function sparse(
  layer: Computed,
  weights: Tensors,
  {
    u,
    gates: all,
    choices,
    slots,
    record,
  }: Routed & { readonly choices: Tensor; readonly slots: number },
): Tensor {
  const { name, width, bias } = layer;
  const [lanes = 1, , count = 1] = all.shape;
  const { toSlots, toRows, assigned } = dispatch(choices, { slots });
  const gates = tf.mul(all, assigned);
  record?.(`${name}.gates`, gates);
  record?.(`${name}.assigned`, assigned);
  const perExpert = (x: Tensor, size: number) => tf.reshape(x, [lanes * count, slots, size]);
  const into = (part: string) => {
    const weight = tensorOf(weights, `${name}.${part}.weight`);
    const hidden = (weight.shape[2] ?? 1) / count;
    const own = tf.transpose(tf.reshape(weight, [lanes, width, count, hidden]), [0, 2, 1, 3]);
    const stacked = tf.reshape(own, [lanes * count, width, hidden]);
    const z = tf.matMul(perExpert(toSlots(u), width), stacked);
    if (!bias) return z;
    const biases = tensorOf(weights, `${name}.${part}.bias`);
    return tf.add(z, tf.reshape(biases, [lanes * count, 1, hidden]));
  };
  const features = activated(layer, into);
  // Of the gates in an expert's slots, its own.
  const ofSlots = tf.reshape(toSlots(gates), [lanes, count, slots, count]);
  const own = tf.sum(tf.mul(ofSlots, tf.reshape(tf.eye(count), [1, count, 1, count])), -1);
  const gate = perExpert(own as Tensor, 1);
  const gated = tf.mul(features, gate);
  record?.(`${name}.experts`, tf.reshape(gated, [lanes, count * slots, -1]));
  const hidden = gated.shape[2] ?? 1;
  const end = tf.reshape(tensorOf(weights, `${name}.end.weight`), [lanes * count, hidden, width]);
  const product = tf.matMul(gated, end);
  const y = bias
    ? tf.add(
        product,
        tf.mul(gate, tf.reshape(tensorOf(weights, `${name}.end.bias`), [lanes * count, 1, width])),
      )
    : product;
  return toRows(tf.reshape(y, [lanes, count * slots, width]));
}

/** `φ(z)`, or gated `φ(z_g) ⊙ z`. */
function activated(
  { phi, feedForward }: Computed,
  into: (part: 'inner' | 'gate') => Tensor,
): Tensor {
  const z = into('inner');
  return feedForward === 'gated' ? tf.mul(phi(into('gate')), z) : phi(z);
}
