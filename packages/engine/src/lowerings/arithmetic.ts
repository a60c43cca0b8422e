import type { GraphBuilder, Value } from '../graph.ts';
import { madeBy } from '../graph.ts';
import { broadcastShape, broadcastTo, elementwise, uniformValue } from './elementwise.ts';
import type { Lowering, Lowerings } from './lowering.ts';
import { float, int } from './scalars.ts';
import { cast } from './shape.ts';

type Fold = (a: number, b: number) => number;

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
      const x = scaled?.inputs[0] as Value;
      return broadcastTo(
        graph,
        multiply(graph, x, graph.uniform(product, b.shape, b.dtype)),
        shape,
      );
    }
  }
  return elementwise(graph, 'Mul', [a, b]);
}

export function divide(graph: GraphBuilder, a: Value, b: Value): Value {
  if (uniformValue(b) === 1) return broadcastTo(graph, a, broadcastShape(a.shape, b.shape));
  if (a.dtype === 'int32') {
    const negated = () => subtract(graph, int(graph, 0), a);
    return safely(graph, a, b, { negated, by: (divisor) => quotient(graph, a, divisor) });
  }
  const divisor = uniformValue(b);
  // Dividing by a power of two is exact as a product, and a product folds further.
  if (divisor && hasReciprocal(divisor)) {
    return multiply(graph, a, graph.uniform(1 / divisor, b.shape, b.dtype));
  }
  return folded(graph, a, b, (x, y) => x / y) ?? elementwise(graph, 'Div', [a, b]);
}

const quotient = (graph: GraphBuilder, a: Value, b: Value) => elementwise(graph, 'Div', [a, b]);

/** Whether a divisor is a power of two whose reciprocal is a normal float32 too. */
function hasReciprocal(divisor: number): boolean {
  const power = Math.log2(Math.abs(divisor));
  return Number.isInteger(power) && Math.abs(power) <= 126;
}

/**
 * Dividing a whole number by zero traps the processor, and so does dividing the least of them by −1. tfjs gives 0 for the
 * first; `negated` is what division by −1 comes to.
 */
function safely(
  graph: GraphBuilder,
  a: Value,
  b: Value,
  { negated, by }: { readonly negated: () => Value; readonly by: (divisor: Value) => Value },
): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const nothing = graph.uniform(0, shape, b.dtype);
  const known = uniformValue(b);
  if (known === 0) return nothing;
  if (known === -1) return broadcastTo(graph, negated(), shape);
  if (known !== undefined) return by(b);
  const is = (value: number) =>
    elementwise(graph, 'Equal', [b, graph.uniform(value, [], b.dtype)], { dtype: 'bool' });
  const trapping = elementwise(graph, 'Or', [is(0), is(-1)], { dtype: 'bool' });
  const one = graph.uniform(1, [], b.dtype);
  const result = by(elementwise(graph, 'Where', [trapping, one, b]));
  const whole = elementwise(graph, 'Where', [is(-1), negated(), result]);
  return elementwise(graph, 'Where', [is(0), nothing, whole]);
}

/** The remainder with the sign of the divisor. */
export function modulo(graph: GraphBuilder, a: Value, b: Value): Value {
  if (a.dtype === 'int32') {
    const negated = () => graph.uniform(0, a.shape, a.dtype);
    return safely(graph, a, b, {
      negated,
      by: (divisor) => elementwise(graph, 'Mod', [a, divisor]),
    });
  }
  const remainder = elementwise(graph, 'Mod', [a, b], {
    attributes: { fmod: { kind: 'int', value: 1 } },
  });
  const zero = float(graph, 0);
  const crossed = elementwise(graph, 'Less', [multiply(graph, remainder, b), zero], {
    dtype: 'bool',
  });
  return elementwise(graph, 'Where', [crossed, add(graph, remainder, b), remainder]);
}

/** ⌊a / b⌋, a whole number as tfjs has it; of whole numbers the quotient, less 1 where a remainder has the other sign. */
export function floorDivide(graph: GraphBuilder, a: Value, b: Value): Value {
  if (a.dtype !== 'int32') {
    return cast(graph, elementwise(graph, 'Floor', [divide(graph, a, b)]), 'int32');
  }
  const zero = int(graph, 0);
  const test = (op: string, x: Value, y: Value) =>
    elementwise(graph, op, [x, y], { dtype: 'bool' });
  return safely(graph, a, b, {
    negated: () => subtract(graph, zero, a),
    by: (divisor) => {
      const opposed = test('Xor', test('Less', a, zero), test('Less', divisor, zero));
      const exact = test('Equal', elementwise(graph, 'Mod', [a, divisor]), zero);
      const below = test('And', opposed, elementwise(graph, 'Not', [exact], { dtype: 'bool' }));
      return subtract(graph, quotient(graph, a, divisor), cast(graph, below, 'int32'));
    },
  });
}

export function power(graph: GraphBuilder, a: Value, b: Value): Value {
  const exponent = uniformValue(b);
  const shape = broadcastShape(a.shape, b.shape);
  if (exponent === 1) return broadcastTo(graph, a, shape);
  if (exponent === 2) return broadcastTo(graph, multiply(graph, a, a), shape);
  if (exponent === 0.5) return broadcastTo(graph, elementwise(graph, 'Sqrt', [a]), shape);
  return folded(graph, a, b, Math.pow) ?? elementwise(graph, 'Pow', [a, b]);
}

/** The angle of (x, y), from the arctangent of y / x by quadrant. */
function angle(graph: GraphBuilder, y: Value, x: Value): Value {
  const zero = float(graph, 0);
  const number = (value: number) => float(graph, Math.fround(value));
  const compare = (op: string, a: Value) => elementwise(graph, op, [a, zero], { dtype: 'bool' });
  const origin = elementwise(graph, 'And', [compare('Equal', y), compare('Equal', x)], {
    dtype: 'bool',
  });
  // Without −0, which would turn to the other side.
  const upright = elementwise(graph, 'Where', [compare('Equal', x), zero, x]);
  const ratio = divide(graph, y, elementwise(graph, 'Where', [origin, number(1), upright]));
  const turn = elementwise(graph, 'Where', [compare('Less', y), number(-Math.PI), number(Math.PI)]);
  const behind = elementwise(graph, 'Where', [compare('Less', x), turn, zero]);
  return add(graph, elementwise(graph, 'Atan', [ratio]), behind);
}

const binary =
  (operation: (graph: GraphBuilder, a: Value, b: Value) => Value): Lowering =>
  ({ graph, input }) =>
    operation(graph, input('a'), input('b'));

const plain =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('a'), input('b')]);

/** Arithmetic on two tensors. */
export const arithmetic: Lowerings = {
  Add: binary(add),
  Sub: binary(subtract),
  Multiply: binary(multiply),
  RealDiv: binary(divide),
  FloorDiv: binary(floorDivide),
  Mod: binary(modulo),
  Pow: binary(power),
  Atan2: binary(angle),
  Maximum: plain('Max'),
  Minimum: plain('Min'),
  BitwiseAnd: plain('BitwiseAnd'),
  AddN: ({ graph, inputs }) => inputs.reduce((sum, x) => add(graph, sum, x)),
  SquaredDifference: binary((graph, a, b) => {
    const difference = subtract(graph, a, b);
    return multiply(graph, difference, difference);
  }),
};
