import type { GraphBuilder, Value } from '../graph.ts';
import { elements } from '../graph.ts';
import { sizeOf } from '../tensor-spec.ts';
import { multiply } from './arithmetic.ts';
import { axesOf } from './axes.ts';
import { narrow } from './indexing.ts';
import type { KernelCall, Lowering, Lowerings } from './lowering.ts';
import { float } from './scalars.ts';
import { cast, reshape } from './shape.ts';

type ReduceOp = 'ReduceSum' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

/** What a reduction of nothing comes to. */
const NEUTRAL: Readonly<Record<ReduceOp, number>> = {
  ReduceSum: 0,
  ReduceProd: 1,
  ReduceMax: -Infinity,
  ReduceMin: Infinity,
};

/**
 * A reduction over axes; none where they hold one element each. ONNX Runtime's largest and least elements leave out NaN, but
 * for one that comes first, where tfjs answers NaN.
 */
export function reduce(
  graph: GraphBuilder,
  op: ReduceOp,
  x: Value,
  axes: readonly number[],
  keepDims = false,
): Value {
  const shape = x.shape.flatMap((extent, axis) =>
    axes.includes(axis) ? (keepDims ? [1] : []) : [extent],
  );
  if (elements(x) === 0) return graph.uniform(NEUTRAL[op], shape, x.dtype);
  const wide = axes.filter((axis) => x.shape[axis] !== 1);
  if (wide.length === 0) return reshape(graph, x, shape);
  if (x.source.kind === 'uniform' && op === 'ReduceSum') {
    const count = elements(x) / sizeOf(shape);
    const { value } = x.source;
    const sum = x.dtype === 'int32' ? Math.imul(value, count) : Math.fround(value * count);
    return graph.uniform(sum, shape, x.dtype);
  }
  const [first = 0] = wide;
  const trailing = x.shape.every((e, axis) => axis < first || e === 1 || wide.includes(axis));
  const row = sizeOf(x.shape.slice(first));
  if (trailing && first > 0 && op === 'ReduceSum' && x.dtype === 'float32' && isUneven(x)) {
    return reshape(graph, sumsOfRows(graph, reshape(graph, x, [elements(x) / row, row])), shape);
  }
  if (trailing && x.shape.length !== 2) {
    // As rows of a matrix: ONNX Runtime then adds in the same order whether a row is alone or one of many.
    const rows = reshape(graph, x, [elements(x) / row, row]);
    return reshape(graph, reduce(graph, op, rows, [1]), shape);
  }
  if (wide.length < axes.length) return reshape(graph, reduce(graph, op, x, wide, true), shape);
  if (
    op === 'ReduceSum' &&
    x.dtype === 'float32' &&
    axes.length === 1 &&
    first === x.shape.length - 2
  ) {
    // A row of ones times the matrix: many times faster than adding rows up, and in one order however many matrices.
    const [terms, columns] = x.shape.slice(-2) as [number, number];
    const ones = graph.uniform(1, [...x.shape.slice(0, -2).fill(1), 1, terms], 'float32');
    const sums = { shape: [...x.shape.slice(0, -2), 1, columns], dtype: x.dtype };
    return reshape(graph, graph.node('MatMul', [ones, x], sums), shape);
  }
  const attributes = { keepdims: { kind: 'int', value: keepDims ? 1 : 0 } } as const;
  return graph.node(op, [x, graph.int64s(axes)], { shape, dtype: x.dtype }, attributes);
}

/** Floats that processors add at once. */
const VECTOR = 4;

/**
 * Whether lanes, along the first axis, start where vectors of the processor do not. ONNX Runtime adds up a row from the first
 * whole vector in it, so that the order of a sum, and its last bit, would depend on which lane it stands in.
 */
const isUneven = (x: Value): boolean => sizeOf(x.shape.slice(1)) % VECTOR !== 0;

/** Rows times a column of ones: added in one order wherever a row starts. */
function sumsOfRows(graph: GraphBuilder, rows: Value): Value {
  const [count, terms] = rows.shape as [number, number];
  const ones = graph.uniform(1, [terms, 1], 'float32');
  return graph.node('MatMul', [rows, ones], { shape: [count, 1], dtype: 'float32' });
}

const keepDims = ({ attribute }: KernelCall) => attribute<boolean | undefined>('keepDims') ?? false;

const reduction =
  (op: ReduceOp, axisName = 'axis'): Lowering =>
  (call) => {
    const x = call.input('x');
    const axes = axesOf(call.attribute(axisName), x.shape.length);
    return reduce(call.graph, op, x, axes, keepDims(call));
  };

/** ONNX's reductions of booleans are not everywhere; those of floats are. */
const logical =
  (op: 'ReduceMax' | 'ReduceMin'): Lowering =>
  (call) => {
    const x = cast(call.graph, call.input('x'), 'float32');
    const axes = axesOf(call.attribute('axis'), x.shape.length);
    return cast(call.graph, reduce(call.graph, op, x, axes, keepDims(call)), 'bool');
  };

/** The position of the first extreme element along one axis. */
const position =
  (op: 'ArgMax' | 'ArgMin'): Lowering =>
  ({ graph, input, attribute }) => {
    const given = input('x');
    const x = given.dtype === 'bool' ? cast(graph, given, 'int32') : given;
    const [axis = 0] = axesOf(attribute('axis'), x.shape.length);
    const shape = x.shape.filter((_, i) => i !== axis);
    const found = graph.node(
      op,
      [x],
      { shape, dtype: 'int64' },
      { axis: { kind: 'int', value: axis }, keepdims: { kind: 'int', value: 0 } },
    );
    return narrow(graph, found, x.shape[axis] as number);
  };

/** Reductions over axes. */
export const reductions: Lowerings = {
  Sum: reduction('ReduceSum'),
  Max: reduction('ReduceMax', 'reductionIndices'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: position('ArgMax'),
  ArgMin: position('ArgMin'),
  // As a sum and a product: the sum is the faster of the two kernels, and the product folds into its neighbours.
  Mean: (call) => {
    const { graph } = call;
    const x = cast(graph, call.input('x'), 'float32');
    const axes = axesOf(call.attribute('axis'), x.shape.length);
    const sum = reduce(graph, 'ReduceSum', x, axes, keepDims(call));
    const count = elements(x) / Math.max(1, elements(sum));
    return multiply(graph, sum, float(graph, Math.fround(1 / count)));
  },
};
