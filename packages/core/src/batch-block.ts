import type { DenseStream, Split, Task, TaskLaw } from '@hyperlaw/tasks';

/** Batches of consecutive steps: x `[steps, batch, inputDim]`, y `[steps, batch, …]`. */
export interface Batches {
  readonly x: Float32Array;
  readonly y: Float32Array | Int32Array;
}

/** Steps made at a time: few, since held-out batches are large and few. */
export const BLOCK = 16;

/** Names a block of batches, wherever it is made. */
export interface BlockLaw {
  readonly law: TaskLaw;
  readonly seed: number;
  readonly split: Split;
  readonly batch: number;
  readonly index: number;
}

/** Makes a block of batches somewhere else, while this thread does something else. */
export type BatchMaker = (block: BlockLaw) => Promise<Batches>;

/** Steps `index · BLOCK` and following of a dense stream. */
export function makeBlock(task: Task, stream: DenseStream, batch: number, index: number): Batches {
  const { inputDim, output } = task;
  const outputs = output.kind === 'regression' ? output.dim : 1;
  const x = new Float32Array(BLOCK * batch * inputDim);
  const y =
    output.kind === 'regression'
      ? new Float32Array(BLOCK * batch * outputs)
      : new Int32Array(BLOCK * batch);
  for (let i = 0; i < BLOCK; i++) {
    stream.fill(
      index * BLOCK + i,
      batch,
      x.subarray(i * batch * inputDim, (i + 1) * batch * inputDim),
      y.subarray(i * batch * outputs, (i + 1) * batch * outputs),
    );
  }
  return { x, y };
}
