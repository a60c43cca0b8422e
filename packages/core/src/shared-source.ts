import type { Stream, Task } from '@hyperlaw/tasks';
import type { BatchStore } from './batch-store.ts';
import type { Reading } from './model.ts';
import type { Arrays, Specs, Tensors } from './tensors.ts';
import type { Batch } from './training-step.ts';

/**
 * How examples reach a program: what is placed on the device once, what is fed with each step, and the
 * pure function that makes a batch of the two.
 */
export interface BatchSource {
  readonly constants: Specs;
  readonly perStep: Specs;
  /** As `Batch` has it, for what the model reads. */
  readonly assemble: (inputs: { readonly constants: Tensors; readonly perStep: Tensors }) => Batch;
  /** The constants' values; `owners` says which stream each lane reads. */
  readonly place: (owners: readonly number[]) => Arrays;
  /** The per-step inputs of steps `first … first + count − 1`, each `[count, ...spec]`. */
  readonly feed: (first: number, count: number) => Arrays;
  /** Has what `feed` will be asked for made elsewhere, where it is made at all; done once it is here. */
  readonly ahead?: (first: number, count: number) => Promise<unknown>;
}

/** A stream of a task's examples. */
export interface TaskStream {
  readonly task: Task;
  readonly stream: Stream;
}

export interface BatchSourceOptions {
  /** One for each task and seed among the lanes; streams of one task hold the same `Task`. */
  readonly streams: readonly TaskStream[];
  readonly lanes: number;
  readonly batch: number;
  /** What the model takes of an example. */
  readonly reads: Reading;
  /** Batches of dense streams that have been made already. */
  readonly store: BatchStore;
}

/** A source whose batches `[stream, batch, …]` have not been handed to lanes yet. */
export type SharedSource = Omit<BatchSource, 'place'> & { readonly place: () => Arrays };

/** Throws where a model reads more tokens than a task's examples have. */
export function checkedContext(length: number, context: number): number {
  if (length > context) {
    throw new Error(`unknown context: ${length} (at most the ${context} tokens of the task's)`);
  }
  return length;
}

/** Steps of all streams one after the other, `[count, stream, width]`. */
export function picks(
  streams: readonly TaskStream[],
  width: number,
  first: number,
  count: number,
  fill: (stream: TaskStream, step: number, out: Int32Array) => void,
): Int32Array {
  const all = new Int32Array(count * streams.length * width);
  for (let i = 0; i < count; i++) {
    for (const [s, stream] of streams.entries()) {
      const at = (i * streams.length + s) * width;
      fill(stream, first + i, all.subarray(at, at + width));
    }
  }
  return all;
}
