import { type RandomStream, randomStream } from './random-stream.ts';
import type { Output, Task } from './task.ts';
import type { SyntheticLaw } from './task-law.ts';

/** A stream for each role of a draw of data: the inputs, the label noise, … */
export type Streams = (role: string) => RandomStream;

/** Writes examples `first` … `first + count − 1` of a stream. */
export type FillExamples = (
  first: number,
  count: number,
  x: Float32Array,
  y: Float32Array | Int32Array,
) => void;

/** What a synthetic law has to say; the rest of a task is the same for all of them. */
export interface OnlineTaskParts {
  readonly name: string;
  readonly law: SyntheticLaw;
  readonly inputDim: number;
  readonly output: Output;
  readonly bestLoss: number | null;
  sampler(streams: Streams): FillExamples;
}

/**
 * The random stream that a law's target is made from. It depends on kind and instance alone, so that
 * the same instance at another noise level, or of more samples, has the same target.
 */
export const targetStream = (
  law: { readonly kind: string; readonly instance: number },
  part: string,
): RandomStream => randomStream({ seed: law.instance, role: 'target', path: [law.kind, part] });

/** A task of endless fresh examples, from the law's way to draw them. */
export function onlineTask(parts: OnlineTaskParts): Task {
  const { name, law, inputDim, output, bestLoss, sampler } = parts;
  const perExample = output.kind === 'regression' ? output.dim : 1;
  return {
    name,
    law,
    inputDim,
    output,
    bestLoss,
    kinds: { train: 'dense', heldOut: 'dense' },
    data: [],
    stream(seed, split) {
      const path = [law.kind, law.instance, split];
      const fillExamples = sampler((role) => randomStream({ seed, role, path }));
      return {
        kind: 'dense',
        fill(step, batch, x, y) {
          const fits =
            x.length === batch * inputDim &&
            y.length === batch * perExample &&
            y instanceof Int32Array === (output.kind === 'classes');
          if (!fits) throw new Error(misfit(batch, inputDim, output, x, y));
          fillExamples(step * batch, batch, x, y);
        },
      };
    },
  };
}

function misfit(
  batch: number,
  inputDim: number,
  output: Output,
  x: Float32Array,
  y: Float32Array | Int32Array,
): string {
  const wanted = output.kind === 'classes' ? `${batch} int32` : `${batch} × ${output.dim} float32`;
  const got = `${y.length} ${y instanceof Int32Array ? 'int32' : 'float32'}`;
  return `batch does not fit: x of ${x.length}, y of ${got} (x of ${batch} × ${inputDim}, y of ${wanted})`;
}
