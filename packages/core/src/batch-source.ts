import type { Stream, TableStream, Task } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Reading } from './model.ts';
import type { BatchSource, BatchSourceOptions, SharedSource, TaskStream } from './shared-source.ts';
import { checkedContext, picks } from './shared-source.ts';
import type { HostArray, Specs } from './tensors.ts';
import { float32, tensorOf } from './tensors.ts';
import { codedWindowSource, windowSource } from './window-source.ts';

export type { BatchSource, BatchSourceOptions } from './shared-source.ts';

/**
 * The batch source of streams of one kind, those of several tasks dense or tables and of equal sizes (`taskSignature`).
 * Throws where there is none, where they are of several kinds, and where tokens are read of no text.
 */
export function batchSource(options: BatchSourceOptions): BatchSource {
  const [first] = options.streams;
  if (first === undefined) throw new Error('unknown number of streams: 0 (a positive integer)');
  const { kind } = first.stream;
  const stray = options.streams.find(({ stream }) => stream.kind !== kind);
  if (stray) throw new Error(`unknown stream among ${kind} ones: ${stray.stream.kind}`);
  const source = sourceOf(first, options);
  // With one stream for all lanes the batch broadcasts; otherwise each lane takes its own stream's.
  return options.streams.length === 1
    ? { ...source, place: () => source.place() }
    : perLane(source, options.lanes);
}

function sourceOf({ task, stream: first }: TaskStream, options: BatchSourceOptions): SharedSource {
  const { reads } = options;
  if (reads.kind === 'tokens') {
    if (first.kind === 'sequence') return tokenSource(first, reads, options);
    if (first.kind === 'tokens') return windowSource(first, reads, options);
    throw new Error(`unknown data for a model that reads tokens: ${first.kind} (a text)`);
  }
  switch (first.kind) {
    case 'dense':
      return denseSource(task, options);
    case 'table':
      return tableSource(task, options);
    case 'sequence':
      return sequenceSource(first, task, options);
    case 'tokens':
      return codedWindowSource(first, task, options);
  }
}

function denseSource(
  { inputDim, output }: Task,
  { streams, batch, store }: BatchSourceOptions,
): SharedSource {
  const group = streams.length;
  const y: Specs[string] =
    output.kind === 'regression'
      ? float32(group, batch, output.dim)
      : { shape: [group, batch], dtype: 'int32' };
  return {
    constants: {},
    perStep: { x: float32(group, batch, inputDim), y },
    assemble: ({ perStep }) => ({ x: tensorOf(perStep, 'x'), y: tensorOf(perStep, 'y') }),
    place: () => ({}),
    ahead: (first, count) =>
      Promise.all(streams.map(({ stream }) => store.ahead(stream, { batch, first, count }))),
    feed: (first, count) => {
      const parts = streams.map(({ task, stream }) =>
        store.batches(task, stream, { batch, first, count }),
      );
      return {
        x: interleaved(
          parts.map((p) => p.x),
          count,
        ),
        y: interleaved(
          parts.map((p) => p.y),
          count,
        ),
      };
    },
  };
}

/** The tables of all tasks lie on the device one below the other. */
function tableSource(
  { inputDim, output }: Task,
  { streams, batch }: BatchSourceOptions,
): SharedSource {
  const tables: TableStream[] = [];
  const firstRow = new Map<Task, number>();
  let rows = 0;
  for (const { task, stream } of streams) {
    if (stream.kind !== 'table' || firstRow.has(task)) continue;
    tables.push(stream);
    firstRow.set(task, rows);
    rows += stream.x.length / inputDim;
  }
  const regression = output.kind === 'regression';
  return {
    constants: {
      x: float32(rows, inputDim),
      y: regression ? float32(rows, output.dim) : { shape: [rows], dtype: 'int32' },
    },
    perStep: { rows: { shape: [streams.length, batch], dtype: 'int32' } },
    assemble: ({ constants, perStep }) => {
      const index = tensorOf(perStep, 'rows');
      return {
        x: tf.gather(tensorOf(constants, 'x'), index as tf.Tensor2D),
        y: tf.gather(tensorOf(constants, 'y'), index as tf.Tensor2D),
      };
    },
    place: () => ({ x: joined(tables.map(({ x }) => x)), y: joined(tables.map(({ y }) => y)) }),
    feed: (first, count) => ({
      rows: picks(streams, batch, first, count, ({ task, stream }, step, out) => {
        if (stream.kind !== 'table') return;
        stream.indices(step, batch, out);
        const offset = firstRow.get(task) as number;
        for (let i = 0; i < batch; i++) out[i] = (out[i] as number) + offset;
      }),
    }),
  };
}

function sequenceSource(
  sequence: Extract<Stream, { kind: 'sequence' }>,
  { inputDim }: Task,
  { streams, batch }: BatchSourceOptions,
): SharedSource {
  const { tokens, context, vocabulary, codes } = sequence;
  const group = streams.length;
  return {
    constants: {
      tokens: { shape: [tokens.length], dtype: 'int32' },
      codes: float32(vocabulary, codes.length / vocabulary),
    },
    perStep: { positions: { shape: [group, batch], dtype: 'int32' } },
    assemble: ({ constants, perStep }) => {
      const all = tensorOf(constants, 'tokens') as tf.Tensor1D;
      const start = tensorOf(perStep, 'positions');
      const window = tf.add(tf.expandDims(start, -1), tf.range(0, context, 1, 'int32'));
      const seen = tf.gather(all, window as Tensor as tf.Tensor2D);
      const x = tf.gather(tensorOf(constants, 'codes'), seen as Tensor as tf.Tensor2D);
      return {
        x: tf.reshape(x, [group, batch, inputDim]),
        y: tf.gather(all, tf.add(start, tf.scalar(context, 'int32')) as tf.Tensor2D),
      };
    },
    place: () => ({ tokens, codes }),
    feed: positionsOf({ streams, batch }),
  };
}

/** Windows of a text as tokens: the last `reads.context` before each example's target, and the tokens after them. */
function tokenSource(
  { tokens, context }: Extract<Stream, { kind: 'sequence' }>,
  reads: Extract<Reading, { kind: 'tokens' }>,
  { streams, batch }: BatchSourceOptions,
): SharedSource {
  const group = streams.length;
  const length = checkedContext(reads.context, context);
  const targets = reads.targets === 'every' ? length : 1;
  return {
    constants: { tokens: { shape: [tokens.length], dtype: 'int32' } },
    perStep: { positions: { shape: [group, batch], dtype: 'int32' } },
    assemble: ({ constants, perStep }) => {
      const all = tensorOf(constants, 'tokens') as tf.Tensor1D;
      const start = tf.expandDims(tensorOf(perStep, 'positions'), -1);
      const at = (first: number, last: number) =>
        tf.gather(all, tf.add(start, tf.range(first, last, 1, 'int32')) as Tensor as tf.Tensor2D);
      return {
        x: at(0, length),
        y: tf.reshape(at(length + 1 - targets, length + 1), [group, batch * targets]),
      };
    },
    place: () => ({ tokens }),
    // Where a longer window is cut is fed, and no part of a program that tasks of other contexts may share.
    feed: positionsOf({ streams, batch }, context - length),
  };
}

function positionsOf(
  { streams, batch }: Pick<BatchSourceOptions, 'streams' | 'batch'>,
  offset = 0,
): BatchSource['feed'] {
  return (first, count) => ({
    positions: picks(streams, batch, first, count, ({ stream }, step, out) => {
      if (stream.kind !== 'sequence') return;
      stream.positions(step, batch, out);
      for (let i = 0; i < batch; i++) out[i] = (out[i] as number) + offset;
    }),
  });
}

const OWNER = 'lane.stream';

function perLane(source: SharedSource, lanes: number): BatchSource {
  return {
    ...source,
    constants: { ...source.constants, [OWNER]: { shape: [lanes], dtype: 'int32' } },
    assemble: (inputs) => {
      const { x, y } = source.assemble(inputs);
      const owner = tensorOf(inputs.constants, OWNER) as tf.Tensor1D;
      return { x: tf.gather(x, owner) as Tensor, y: tf.gather(y, owner) as Tensor };
    },
    place: (owners) => ({ ...source.place(), [OWNER]: Int32Array.from(owners) }),
  };
}

/** Arrays one after the other; one is taken as it is. */
function joined(parts: readonly HostArray[]): HostArray {
  const [first] = parts as [HostArray];
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (first.constructor as new (size: number) => HostArray)(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Stacks streams' `[count, ...]` into `[count, stream, ...]`; one stream is taken as it is. */
function interleaved(parts: readonly HostArray[], count: number): HostArray {
  const [first] = parts as [HostArray];
  if (parts.length === 1) return first;
  const row = first.length / count;
  const all = new (first.constructor as new (size: number) => HostArray)(
    first.length * parts.length,
  );
  for (let i = 0; i < count; i++) {
    for (const [s, part] of parts.entries()) {
      all.set(part.subarray(i * row, (i + 1) * row), (i * parts.length + s) * row);
    }
  }
  return all;
}
