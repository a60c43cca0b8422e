import type { Arrays } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { FullBatchData } from '../../full-batch.ts';
import { columnsOf, type Matrix, multiply, orthonormalColumns, transpose } from './matrices.ts';

/** Singular vectors of the map to be learned, as columns: V `[inputDim, modes]`, U `[outputDim, modes]`. */
export interface Bases {
  readonly inputs: Matrix;
  readonly outputs: Matrix;
}

/**
 * Examples with XᵀX/m = 1 and targets y = U diag(s) Vᵀ x, drawn by the sizes alone. Throws where the modes or inputs are more
 * than fit.
 */
export function whitenedTask({
  examples,
  inputDim,
  outputDim,
  singularValues,
}: {
  readonly examples: number;
  readonly inputDim: number;
  readonly outputDim: number;
  readonly singularValues: readonly number[];
}): { readonly data: FullBatchData; readonly bases: Bases } {
  const draw = (name: string, rows: number, columns: number) =>
    orthonormalColumns(
      rows,
      columns,
      randomStream({ seed: 0, role: 'data', path: ['deep-linear', name] }),
    );
  const modes = singularValues.length;
  const bases = { inputs: draw('v', inputDim, modes), outputs: draw('u', outputDim, modes) };
  const x = draw('x', examples, inputDim).map((row) => row.map((e) => e * Math.sqrt(examples)));
  const y = multiply(
    multiply(x, bases.inputs).map((row) => row.map((e, k) => e * (singularValues[k] as number))),
    transpose(bases.outputs),
  );
  return {
    data: {
      ...{ examples, inputDim, outputDim },
      x: Float32Array.from(x.flatMap((row) => [...row])),
      y: Float32Array.from(y.flatMap((row) => [...row])),
    },
    bases,
  };
}

/** Weights of core's linear net of one lane, first layer first, `[fanIn, fanOut]` each. */
export function layersOf(
  weights: Arrays,
  lane: number,
  {
    layers,
    width,
    inputDim,
    outputDim,
  }: {
    readonly layers: number;
    readonly width: number;
    readonly inputDim: number;
    readonly outputDim: number;
  },
): Matrix[] {
  return layerNames(layers).map((name, l) => {
    const rows = l === 0 ? inputDim : width;
    const columns = l === layers - 1 ? outputDim : width;
    return columnsOf(weights[name] as Float32Array, {
      rows,
      columns,
      start: lane * rows * columns,
    });
  });
}

/** Names of core's weights in order. */
export const layerNames = (layers: number): string[] => [
  'input.weight',
  ...Array.from({ length: layers - 2 }, (_, i) => `hidden${i + 1}.weight`),
  'output.weight',
];
