import type { GraphBuilder, Value } from '../graph.ts';
import { add, divide, multiply, subtract } from './arithmetic.ts';
import { logicalNot, logicalOr } from './comparison.ts';
import { elementwise } from './elementwise.ts';
import type { Lowering, Lowerings } from './lowering.ts';
import { float } from './scalars.ts';
import { cast } from './shape.ts';

/** Of a kernel that ONNX has as an operator of one input. */
export const same =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('x')]);

/** Of int32 too, as float32. */
const real =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [cast(graph, input('x'), 'float32')]);

/** A bound as int32 has it: tfjs truncates them. */
const truncated = (value: number): number =>
  Math.trunc(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value)));

/** Values limited to an interval; a bound left out does not limit. NaN stays NaN. */
export function clip(graph: GraphBuilder, x: Value, low: number, high: number): Value {
  const bound = (value: number) =>
    graph.uniform(x.dtype === 'float32' ? value : truncated(value), [], x.dtype);
  if (x.dtype !== 'float32') {
    return elementwise(graph, 'Min', [elementwise(graph, 'Max', [x, bound(low)]), bound(high)]);
  }
  return graph.node('Clip', [x, bound(low), bound(high)], { shape: x.shape, dtype: x.dtype });
}

/** eˣ − 1 = tanh(x/2) · (eˣ + 1), which keeps its digits near zero and its limits at infinity. */
function exponentialMinusOne(graph: GraphBuilder, x: Value): Value {
  const half = elementwise(graph, 'Tanh', [multiply(graph, x, float(graph, 0.5))]);
  return multiply(graph, half, add(graph, elementwise(graph, 'Exp', [x]), float(graph, 1)));
}

/**
 * log(1 + x) = log u + (x − (u − 1)) / u with u the rounded 1 + x: the second term restores the digits that
 * rounding took. It is taken of a limited x, since at infinity it would be NaN.
 */
function logOnePlus(graph: GraphBuilder, x: Value): Value {
  const limited = elementwise(graph, 'Min', [x, float(graph, 1e30)]);
  const rounded = add(graph, limited, float(graph, 1));
  const lost = subtract(graph, limited, subtract(graph, rounded, float(graph, 1)));
  const log = elementwise(graph, 'Log', [add(graph, x, float(graph, 1))]);
  // At x = −1 the logarithm is −Infinity and nothing was lost: the least normal number keeps 0 / u at 0.
  const divisor = elementwise(graph, 'Max', [rounded, float(graph, 1.2e-38)]);
  return add(graph, log, divide(graph, lost, divisor));
}

/** The steep ramp clip(x · slope, −1, 1) is the sign of every normal x, and faster than ONNX Runtime's Sign. */
const SIGN_SLOPE = 3e38;

function sign(graph: GraphBuilder, x: Value): Value {
  if (x.dtype !== 'float32') return elementwise(graph, 'Sign', [x]);
  return clip(graph, multiply(graph, x, float(graph, SIGN_SLOPE)), -1, 1);
}

const classify = (graph: GraphBuilder, op: string, x: Value): Value =>
  x.dtype === 'float32'
    ? elementwise(graph, op, [x], { dtype: 'bool' })
    : graph.uniform(0, x.shape, 'bool');

/** Functions of one tensor, element by element. */
export const unary: Lowerings = {
  Neg: same('Neg'),
  Abs: same('Abs'),
  Exp: real('Exp'),
  Log: real('Log'),
  Sqrt: real('Sqrt'),
  Reciprocal: real('Reciprocal'),
  Floor: same('Floor'),
  Ceil: same('Ceil'),
  Round: ({ graph, input }) =>
    input('x').dtype === 'float32' ? elementwise(graph, 'Round', [input('x')]) : input('x'),
  Sin: real('Sin'),
  Cos: real('Cos'),
  Tan: real('Tan'),
  Asin: real('Asin'),
  Acos: real('Acos'),
  Atan: real('Atan'),
  Sinh: real('Sinh'),
  Cosh: real('Cosh'),
  Tanh: real('Tanh'),
  Asinh: real('Asinh'),
  Acosh: real('Acosh'),
  Atanh: real('Atanh'),
  Erf: real('Erf'),
  Identity: ({ input }) => input('x'),
  Square: ({ graph, input }) => multiply(graph, input('x'), input('x')),
  Rsqrt: ({ graph, input }) =>
    elementwise(graph, 'Reciprocal', [elementwise(graph, 'Sqrt', [input('x')])]),
  Expm1: ({ graph, input }) => exponentialMinusOne(graph, input('x')),
  Log1p: ({ graph, input }) => logOnePlus(graph, input('x')),
  Sign: ({ graph, input }) => sign(graph, input('x')),
  ClipByValue: ({ graph, input, attribute }) =>
    clip(graph, input('x'), attribute('clipValueMin'), attribute('clipValueMax')),
  IsNan: ({ graph, input }) => classify(graph, 'IsNaN', input('x')),
  IsInf: ({ graph, input }) => classify(graph, 'IsInf', input('x')),
  IsFinite: ({ graph, input }) => {
    const either = logicalOr(
      graph,
      classify(graph, 'IsNaN', input('x')),
      classify(graph, 'IsInf', input('x')),
    );
    return logicalNot(graph, either);
  },
};
