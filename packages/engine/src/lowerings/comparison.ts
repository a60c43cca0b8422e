import type { GraphBuilder, Value } from '../graph.ts';
import { elementwise } from './elementwise.ts';
import type { Lowering, Lowerings } from './lowering.ts';
import { cast, reshape } from './shape.ts';

export const logicalNot = (graph: GraphBuilder, x: Value): Value =>
  elementwise(graph, 'Not', [x], { dtype: 'bool' });

export const logicalOr = (graph: GraphBuilder, a: Value, b: Value): Value =>
  elementwise(graph, 'Or', [a, b], { dtype: 'bool' });

/** Compares two tensors; ONNX orders numbers only, so booleans are ordered as such. */
export function compare(graph: GraphBuilder, op: string, a: Value, b: Value): Value {
  const ordered = (x: Value) =>
    x.dtype === 'bool' && op !== 'Equal' ? cast(graph, x, 'int32') : x;
  return elementwise(graph, op, [ordered(a), ordered(b)], { dtype: 'bool' });
}

const comparison =
  (op: string): Lowering =>
  ({ graph, input }) =>
    compare(graph, op, input('a'), input('b'));

const logic =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('a'), input('b')], { dtype: 'bool' });

/** `t` where the condition holds, else `e`. */
export function select(graph: GraphBuilder, condition: Value, t: Value, e: Value): Value {
  const dtype = t.dtype === 'float32' || e.dtype === 'float32' ? 'float32' : t.dtype;
  if (dtype === 'bool') {
    // ONNX Runtime chooses among numbers only.
    const [yes, no] = [cast(graph, t, 'int32'), cast(graph, e, 'int32')];
    return cast(graph, select(graph, condition, yes, no), 'bool');
  }
  return elementwise(graph, 'Where', [condition, cast(graph, t, dtype), cast(graph, e, dtype)]);
}

/** Comparison, logic and choice. */
export const comparisons: Lowerings = {
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  NotEqual: ({ graph, input }) =>
    logicalNot(graph, compare(graph, 'Equal', input('a'), input('b'))),
  LogicalAnd: logic('And'),
  LogicalOr: logic('Or'),
  LogicalXor: logic('Xor'),
  LogicalNot: ({ graph, input }) => logicalNot(graph, input('x')),
  Select: ({ graph, input }) => {
    const condition = input('condition');
    const t = input('t');
    // A condition of rank one chooses rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const shape = rows ? [...condition.shape, ...t.shape.slice(1).map(() => 1)] : condition.shape;
    return select(graph, reshape(graph, condition, shape), t, input('e'));
  },
};
