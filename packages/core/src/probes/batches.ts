import type { Arrays, TensorSpec } from '@hyperlaw/engine';
import { float32, int32 } from '@hyperlaw/engine';
import type { Stream, Task } from '@hyperlaw/tasks';

/** Batches of one or more streams of a task, fed with each step. */
export interface Batches {
  /** `[stream, batch, inputDim]`. */
  readonly x: TensorSpec;
  /** `[stream, batch, dim]`, or int32 `[stream, batch]`. */
  readonly y: TensorSpec;
  /** Inputs and targets of steps `first … first + count − 1`, each `[count, stream, batch, …]`. */
  feed(first: number, count: number): Arrays;
}

/** The batches of a task's streams, assembled on the host. */
export function batchesOf(
  { inputDim, output }: Pick<Task, 'inputDim' | 'output'>,
  streams: readonly Stream[],
  batch: number,
): Batches {
  const group = streams.length;
  const regression = output.kind === 'regression';
  const dim = regression ? output.dim : 1;
  return {
    x: float32(group, batch, inputDim),
    y: regression ? float32(group, batch, dim) : int32(group, batch),
    feed(first, count) {
      const x = new Float32Array(count * group * batch * inputDim);
      const size = count * group * batch * dim;
      const y = regression ? new Float32Array(size) : new Int32Array(size);
      for (let i = 0; i < count * group; i++) {
        const step = first + Math.floor(i / group);
        fillBatch(streams[i % group] as Stream, step, batch, {
          x: x.subarray(i * batch * inputDim, (i + 1) * batch * inputDim),
          y: y.subarray(i * batch * dim, (i + 1) * batch * dim),
        });
      }
      return { x, y };
    },
  };
}

/** Writes one batch of a stream, x `[batch, inputDim]`, y `[batch, dim]` or `[batch]`. */
function fillBatch(
  stream: Stream,
  step: number,
  batch: number,
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array | Int32Array },
): void {
  switch (stream.kind) {
    case 'dense':
      stream.fill(step, batch, x, y);
      return;
    case 'table': {
      const rows = new Int32Array(batch);
      stream.indices(step, batch, rows);
      const [dx, dy] = [x.length / batch, y.length / batch];
      rows.forEach((row, b) => {
        x.set(stream.x.subarray(row * dx, (row + 1) * dx), b * dx);
        y.set(stream.y.subarray(row * dy, (row + 1) * dy), b * dy);
      });
      return;
    }
    case 'sequence': {
      const { tokens, context, vocabulary, codes } = stream;
      const positions = new Int32Array(batch);
      stream.positions(step, batch, positions);
      const code = codes.length / vocabulary;
      positions.forEach((position, b) => {
        for (let i = 0; i < context; i++) {
          const token = tokens[position + i] as number;
          x.set(codes.subarray(token * code, (token + 1) * code), (b * context + i) * code);
        }
        y[b] = tokens[position + context] as number;
      });
      return;
    }
    case 'tokens':
      throw new Error('unknown stream: of tokens (of vectors)');
  }
}
