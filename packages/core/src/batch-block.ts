import type { DenseStream, Split, Task, TaskLaw } from '@hyperlaw/tasks';

/** Batches of consecutive steps: x `[steps, batch, inputDim]`, y `[steps, batch, …]`. */
export interface BatchArrays {
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
export type BatchMaker = (block: BlockLaw) => Promise<BatchArrays>;

/** Room for the batches of a number of steps. */
export function emptyBatches(
  { inputDim, output }: Task,
  batch: number,
  steps: number,
): BatchArrays {
  return {
    x: new Float32Array(steps * batch * inputDim),
    y:
      output.kind === 'regression'
        ? new Float32Array(steps * batch * output.dim)
        : new Int32Array(steps * batch),
  };
}

/** Steps `index · BLOCK` and following of a dense stream. */
export function makeBlock(
  task: Task,
  stream: DenseStream,
  batch: number,
  index: number,
): BatchArrays {
  const { x, y } = emptyBatches(task, batch, BLOCK);
  const perX = x.length / BLOCK;
  const perY = y.length / BLOCK;
  for (let i = 0; i < BLOCK; i++) {
    stream.fill(
      index * BLOCK + i,
      batch,
      x.subarray(i * perX, (i + 1) * perX),
      y.subarray(i * perY, (i + 1) * perY),
    );
  }
  return { x, y };
}
