import type { TaskLaw } from './task-law.ts';

/** What a task asks for: real numbers (mean squared error) or a class (cross-entropy). */
export type Output =
  | { readonly kind: 'regression'; readonly dim: number }
  | { readonly kind: 'classes'; readonly count: number };

/**
 * An endless supply of fresh examples. Example `e` is a pure function of (law, seed, split, e), and
 * batch `step` holds examples `step × batch` … `(step + 1) × batch − 1`.
 */
export interface DenseStream {
  readonly kind: 'dense';
  /**
   * Writes a batch: `x` `[batch, inputDim]`; `y` `[batch, dim]` for regression (Float32Array) or
   * `[batch]` of class indices (Int32Array). Throws where a length or type does not fit.
   */
  fill(step: number, batch: number, x: Float32Array, y: Float32Array | Int32Array): void;
}

/** Finite data, to be placed on a device once; a batch is a list of row numbers. */
export interface TableStream {
  readonly kind: 'table';
  /** `[rows, inputDim]`; the same array for every seed of a task's split. */
  readonly x: Float32Array;
  /** `[rows, dim]`, or `[rows]` of class indices. */
  readonly y: Float32Array | Int32Array;
  /** Writes `batch` row numbers; each epoch visits every row once, in an order of its own. */
  indices(step: number, batch: number, out: Int32Array): void;
}

/**
 * A text to predict: the example at position p has the codes of tokens p … p + context − 1, one after
 * the other, as its input (`inputDim = context × codeDim`) and token p + context as its class.
 */
export interface SequenceStream {
  readonly kind: 'sequence';
  /** The whole corpus, `[length]`; the same array for all splits, which own disjoint blocks of it. */
  readonly tokens: Int32Array;
  readonly context: number;
  readonly vocabulary: number;
  /** `[vocabulary, codeDim]`. */
  readonly codes: Float32Array;
  /** Writes `batch` positions; each epoch visits every position of the split once, in an order of its own. */
  positions(step: number, batch: number, out: Int32Array): void;
}

/**
 * An endless supply of fresh windows of tokens: `context` of them, whose codes one after the other are the input of a
 * model that reads vectors, and the one to predict. Example `e` is a pure function of (law, seed, split, e).
 */
export interface TokenStream {
  readonly kind: 'tokens';
  readonly context: number;
  readonly vocabulary: number;
  /** `[vocabulary, codeDim]`. */
  readonly codes: Float32Array;
  /** Writes a batch of windows, `[batch, context + 1]`. Throws where the length does not fit. */
  fill(step: number, batch: number, out: Int32Array): void;
}

/** Batch `step` of a stream is a pure function of (law, seed, split, step, batch). */
export type Stream = DenseStream | TableStream | SequenceStream | TokenStream;

/**
 * Which part of the data: to train on, to choose hyperparameters by, to report. The streams of two splits share no
 * randomness and, of finite data, no rows.
 */
export type Split = 'train' | 'validation' | 'test';

/** A learning problem and its data. */
export interface Task {
  /** Safe in paths, pages and URLs: lower-case letters, digits and single dashes. */
  readonly name: string;
  readonly law: TaskLaw;
  /** Dimension of the dense input that a model sees. */
  readonly inputDim: number;
  readonly output: Output;
  /**
   * Best reachable held-out loss, where known: mean over outputs of the squared error, or
   * cross-entropy in nats.
   */
  readonly bestLoss: number | null;
  /** Held-out predictions that a loss should be the mean over, where the usual number leaves too much noise. */
  readonly heldOutPredictions?: number;
  /** Kinds of its streams: of training, and of both other splits. */
  readonly kinds: { readonly train: Stream['kind']; readonly heldOut: Stream['kind'] };
  /** The files behind the task; empty for a synthetic one. */
  readonly data: readonly { readonly name: string; readonly sha256: string }[];
  stream(seed: number, split: Split): Stream;
}
