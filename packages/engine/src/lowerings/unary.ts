import type { Value } from '../graph.ts';
import { multiply } from './arithmetic.ts';
import { elementwise } from './elementwise.ts';
import type { Lowering, Lowerings } from './lowering.ts';

const same =
  (op: string): Lowering =>
  ({ graph, input }) =>
    elementwise(graph, op, [input('x')]);

/** Functions of one tensor, element by element. */
export const unary: Lowerings = {
  Neg: same('Neg'),
  Abs: same('Abs'),
  Exp: same('Exp'),
  Log: same('Log'),
  Sqrt: same('Sqrt'),
  Reciprocal: same('Reciprocal'),
  Floor: same('Floor'),
  Ceil: same('Ceil'),
  Round: same('Round'),
  Sign: same('Sign'),
  Sin: same('Sin'),
  Cos: same('Cos'),
  Tan: same('Tan'),
  Erf: same('Erf'),
  Tanh: same('Tanh'),
  Sigmoid: same('Sigmoid'),
  Relu: same('Relu'),
  LogicalNot: same('Not'),
  Identity: ({ input }) => input('x'),
  Square: ({ graph, input }) => multiply(graph, input('x'), input('x')),
  Rsqrt: ({ graph, input }) =>
    elementwise(graph, 'Reciprocal', [elementwise(graph, 'Sqrt', [input('x')])]),
  // relu(x) > 0 exactly where x > 0: where the activation stands already, x itself need not be kept.
  Step: ({ graph, input, attribute }) => {
    const x: Value = input('x');
    const positive = graph.find('Relu', [x]) ?? x;
    const step = elementwise(graph, 'Step', [positive]);
    const alpha = attribute<number | undefined>('alpha') ?? 0;
    if (alpha === 0) return step;
    const rest = elementwise(graph, 'Sub', [graph.uniform(1, [], 'float32'), step]);
    const scaled = multiply(graph, rest, graph.uniform(alpha, [], 'float32'));
    return elementwise(graph, 'Add', [step, scaled]);
  },
};
