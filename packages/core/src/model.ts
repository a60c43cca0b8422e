import type { Tensor } from '@tensorflow/tfjs';
import type { Parameter } from './parameter.ts';
import type { Tensors } from './tensors.ts';

/**
 * Called with every intermediate that a probe may look at: `<layer>.preactivation` and `<layer>.feature`, and in
 * residual nets `<block>.branch`, what a block adds, and `<block>.stream`, the stream after it.
 */
export type Recorder = (name: string, tensor: Tensor) => void;

export interface ForwardExtras {
  /** Dropout masks by mask name, `[lane, batch, features]`, entries 0 or 1/(1 − rate). */
  readonly masks?: Tensors;
  readonly record?: Recorder;
}

/** What a model takes of a batch: vectors, or the last tokens of a text, to predict the next of each or of the last. */
export type Reading =
  | { readonly kind: 'vectors' }
  | { readonly kind: 'tokens'; readonly context: number; readonly targets: 'every' | 'last' };

/** How many numbers a network reads of an example, and with how many it answers. */
export interface Dimensions {
  readonly inputDim: number;
  readonly outputDim: number;
}

/** A network as data and one pure function: what it trains, and what it computes. */
export interface Model extends Dimensions {
  readonly parameters: readonly Parameter[];
  /** Dropout masks that training wants, by name, with their number of features; empty without dropout. */
  readonly masks: readonly { readonly name: string; readonly features: number }[];
  /** Knobs that the graph reads, constants `[lane, 1, 1]` among the parameters; none by default. */
  readonly knobs?: readonly string[];
  /** Numbers that one example leaves in memory between forward and backward pass, and their gradients. */
  readonly activations: number;
  /** Matrix products of one example, two operations an entry and term. */
  readonly flops: { readonly forward: number; readonly backward: number };
  readonly reads: Reading;
  /**
   * Maps x `[lane or 1, batch, inputDim]` to `[lane, batch, outputDim]`; of tokens, int32 x `[lane or 1, batch,
   * context]` to `[lane, batch · targets, outputDim]`.
   */
  readonly forward: (parameters: Tensors, x: Tensor, extras?: ForwardExtras) => Tensor;
}
