import { initNormals } from '@hyperlaw/core';
import type { Arrays } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import { type Matrix, multiply, orthonormalColumns, transpose } from './matrices.ts';
import { type Bases, layerNames, layersOf } from './whitened-task.ts';

/**
 * `aligned`: every layer passes each mode on with the factor `initial`^{1/layers}, in hidden bases drawn for each net, and
 * nothing else. `random`: Gaussian entries of the given standard deviation; two layers.
 */
export type Start =
  | { readonly kind: 'aligned'; readonly initial: number }
  | { readonly kind: 'random'; readonly deviation: number };

interface Nets {
  readonly layers: number;
  readonly width: number;
  readonly inputDim: number;
  readonly outputDim: number;
  readonly seeds: readonly number[];
}

/** The weights that a course starts from. */
export function startOf(
  weights: Arrays,
  nets: Nets & { readonly bases: Bases; readonly start: Start },
): Arrays {
  const { start } = nets;
  switch (start.kind) {
    case 'aligned':
      return alignedStart(weights, { ...nets, initial: start.initial });
    case 'random':
      return smallStart(weights, { ...nets, deviation: start.deviation });
  }
}

/** Weights with which every layer passes each mode on with the same factor, and nothing else. */
function alignedStart(
  weights: Arrays,
  {
    layers,
    width,
    seeds,
    bases,
    initial,
  }: Nets & { readonly bases: Bases; readonly initial: number },
): Arrays {
  const names = layerNames(layers);
  const modes = bases.inputs[0]?.length ?? 0;
  const factor = initial ** (1 / layers);
  const start = Object.fromEntries(
    names.map((name) => [name, (weights[name] as Float32Array).slice()] as const),
  );
  seeds.forEach((seed, lane) => {
    const between = Array.from({ length: layers - 1 }, (_, l) =>
      orthonormalColumns(
        width,
        modes,
        randomStream({ seed, role: 'init', path: ['deep-linear', l] }),
      ),
    );
    const frames = [bases.inputs, ...between, bases.outputs];
    names.forEach((name, l) => {
      const layer = multiply(frames[l] as Matrix, transpose(frames[l + 1] as Matrix));
      const flat = layer.flat().map((value) => factor * value);
      (start[name] as Float32Array).set(flat, lane * flat.length);
    });
  });
  return start;
}

/** Gaussian weights of one standard deviation, by seed. */
function smallStart(
  weights: Arrays,
  { layers, seeds, deviation }: Nets & { readonly deviation: number },
): Arrays {
  const start = layerNames(layers).map((name) => {
    const all = new Float32Array((weights[name] as Float32Array).length);
    const size = all.length / seeds.length;
    seeds.forEach((seed, lane) => {
      const own = all.subarray(lane * size, (lane + 1) * size);
      initNormals(seed, name, own);
    });
    return [name, all.map((value) => deviation * value)] as const;
  });
  return Object.fromEntries(start);
}

/** z = (W₁v + W₂ᵀu)/2 of each mode of a two-layer net, `[lane][mode][hidden]`. */
export function growingDirections(
  weights: Arrays,
  nets: Nets & { readonly bases: Bases },
): number[][][] {
  const { bases, seeds } = nets;
  return seeds.map((_, lane) => {
    const [first, second] = layersOf(weights, lane, nets) as [Matrix, Matrix];
    const below = multiply(transpose(bases.inputs), first);
    const above = transpose(multiply(second, bases.outputs));
    return below.map((row, k) =>
      row.map((value, i) => Number(((value + (above[k]?.[i] as number)) / 2).toPrecision(8))),
    );
  });
}
