import type { GraphBuilder, Value } from '../graph.ts';
import { elements } from '../graph.ts';
import { sizeOf } from '../tensor-spec.ts';
import { multiply } from './arithmetic.ts';
import type { Lowering, Lowerings } from './lowering.ts';

/** Axes as tfjs passes them (one, several, negative, or none for all), sorted and positive. */
export function parseAxes(axis: number | readonly number[] | undefined, rank: number): number[] {
  if (axis === undefined || axis === null) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axis === 'number' ? [axis] : [...axis];
  return list.map((a) => (a < 0 ? a + rank : a)).sort((a, b) => a - b);
}

export function reduce(
  graph: GraphBuilder,
  op: string,
  x: Value,
  axes: readonly number[],
  keepDims = false,
): Value {
  const shape = x.shape.flatMap((extent, axis) =>
    axes.includes(axis) ? (keepDims ? [1] : []) : [extent],
  );
  if (axes.length === 0) return x;
  if (x.source.kind === 'uniform' && (op === 'ReduceSum' || op === 'ReduceMean')) {
    const count = op === 'ReduceSum' ? elements(x) / sizeOf(shape) : 1;
    return graph.uniform(Math.fround(x.source.value * count), shape, x.dtype);
  }
  return graph.node(
    op,
    [x, graph.int64s(axes)],
    { shape, dtype: x.dtype },
    {
      keepdims: { kind: 'int', value: keepDims ? 1 : 0 },
    },
  );
}

const reduction =
  (op: string): Lowering =>
  ({ graph, input, attribute }) => {
    const x = input('x');
    const axes = parseAxes(attribute('axis'), x.shape.length);
    return reduce(graph, op, x, axes, attribute<boolean | undefined>('keepDims') ?? false);
  };

/** Reductions over axes. */
export const reductions: Lowerings = {
  Sum: reduction('ReduceSum'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  // As a sum and a product: the sum is the faster of the two kernels, and the product folds into its neighbours.
  Mean: ({ graph, input, attribute }) => {
    const x = input('x');
    const axes = parseAxes(attribute('axis'), x.shape.length);
    const keepDims = attribute<boolean | undefined>('keepDims') ?? false;
    const sum = reduce(graph, 'ReduceSum', x, axes, keepDims);
    const count = elements(x) / Math.max(1, elements(sum));
    return multiply(graph, sum, graph.uniform(Math.fround(1 / count), [], 'float32'));
  },
};
