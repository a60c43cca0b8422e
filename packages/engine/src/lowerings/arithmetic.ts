import type { GraphBuilder, Value } from '../graph.ts';
import { madeBy } from '../graph.ts';
import { broadcastShape, broadcastTo, elementwise } from './elementwise.ts';
import type { Lowering, Lowerings } from './lowering.ts';

type Fold = (a: number, b: number) => number;

const uniformValue = (v: Value): number | undefined =>
  v.source.kind === 'uniform' ? v.source.value : undefined;

/** Float32 or int32 arithmetic on two uniform tensors, done now. */
function folded(graph: GraphBuilder, a: Value, b: Value, fold: Fold): Value | undefined {
  const x = uniformValue(a);
  const y = uniformValue(b);
  if (x === undefined || y === undefined) return undefined;
  const value = a.dtype === 'int32' ? fold(x, y) | 0 : Math.fround(fold(x, y));
  return graph.uniform(value, broadcastShape(a.shape, b.shape), a.dtype);
}

export function add(graph: GraphBuilder, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  if (uniformValue(a) === 0) return broadcastTo(graph, b, shape);
  if (uniformValue(b) === 0) return broadcastTo(graph, a, shape);
  return folded(graph, a, b, (x, y) => x + y) ?? elementwise(graph, 'Add', [a, b]);
}

export function subtract(graph: GraphBuilder, a: Value, b: Value): Value {
  if (uniformValue(b) === 0) return broadcastTo(graph, a, broadcastShape(a.shape, b.shape));
  return folded(graph, a, b, (x, y) => x - y) ?? elementwise(graph, 'Sub', [a, b]);
}

export function multiply(graph: GraphBuilder, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  if (uniformValue(a) === 1) return broadcastTo(graph, b, shape);
  if (uniformValue(b) === 1) return broadcastTo(graph, a, shape);
  const both = folded(graph, a, b, (x, y) => x * y);
  if (both) return both;
  if (uniformValue(a) !== undefined) return multiply(graph, b, a);
  const scaled = uniformValue(b) === undefined ? undefined : madeBy(a, 'Mul');
  const inner = scaled?.inputs[1];
  // (x · c) · d = x · (c · d) for uniform c and d: gradients of means are full of these.
  if (inner?.source.kind === 'uniform' && a.dtype === 'float32') {
    const product = Math.fround(inner.source.value * (uniformValue(b) as number));
    if (Number.isFinite(product) && Math.abs(product) > 1e-30) {
      return multiply(graph, scaled?.inputs[0] as Value, graph.uniform(product, b.shape, b.dtype));
    }
  }
  return elementwise(graph, 'Mul', [a, b]);
}

export function divide(graph: GraphBuilder, a: Value, b: Value): Value {
  if (uniformValue(b) === 1) return broadcastTo(graph, a, broadcastShape(a.shape, b.shape));
  const divisor = uniformValue(b);
  // Dividing by a power of two is exact as a product, and a product folds further.
  if (divisor && a.dtype === 'float32' && Number.isInteger(Math.log2(Math.abs(divisor)))) {
    return multiply(graph, a, graph.uniform(1 / divisor, b.shape, b.dtype));
  }
  if (a.dtype !== 'int32') {
    const both = folded(graph, a, b, (x, y) => x / y);
    if (both) return both;
  }
  return elementwise(graph, 'Div', [a, b]);
}

type Binary = (graph: GraphBuilder, a: Value, b: Value) => Value;

const binary =
  (operation: Binary): Lowering =>
  ({ graph, input }) =>
    operation(graph, input('a'), input('b'));

const plain =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('a'), input('b')]);

const comparison =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('a'), input('b')], { dtype: 'bool' });

/** Arithmetic, comparison and logic on two tensors. */
export const arithmetic: Lowerings = {
  Add: binary(add),
  Sub: binary(subtract),
  Multiply: binary(multiply),
  RealDiv: binary(divide),
  Maximum: plain('Max'),
  Minimum: plain('Min'),
  Pow: plain('Pow'),
  AddN: ({ graph, inputs }) => inputs.reduce((sum, x) => add(graph, sum, x)),
  SquaredDifference: binary((graph, a, b) => {
    const difference = subtract(graph, a, b);
    return multiply(graph, difference, difference);
  }),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  NotEqual: binary((graph, a, b) =>
    elementwise(graph, 'Not', [elementwise(graph, 'Equal', [a, b], { dtype: 'bool' })]),
  ),
  LogicalAnd: comparison('And'),
  LogicalOr: comparison('Or'),
};
