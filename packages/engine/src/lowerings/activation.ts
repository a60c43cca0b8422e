import type { GraphBuilder, Value } from '../graph.ts';
import { add, multiply, subtract } from './arithmetic.ts';
import { elementwise } from './elementwise.ts';
import type { KernelCall, Lowerings } from './lowering.ts';
import { float } from './scalars.ts';
import { clip, same } from './unary.ts';

function leakyRelu(graph: GraphBuilder, x: Value, alpha: number): Value {
  return elementwise(graph, 'LeakyRelu', [x], {
    attributes: { alpha: { kind: 'float', value: alpha } },
  });
}

/** x above zero, alpha · x below; alpha is a tensor that broadcasts to x. */
function prelu(graph: GraphBuilder, x: Value, alpha: Value): Value {
  const below = elementwise(graph, 'Relu', [elementwise(graph, 'Neg', [x])]);
  return subtract(graph, elementwise(graph, 'Relu', [x]), multiply(graph, below, alpha));
}

/** What tfjs' fused kernels may apply to their result. */
export function activate(call: KernelCall, x: Value): Value {
  const { graph } = call;
  const name = call.attribute<string | undefined>('activation') ?? 'linear';
  switch (name) {
    case 'linear':
      return x;
    case 'relu':
      return elementwise(graph, 'Relu', [x]);
    case 'relu6':
      return clip(graph, x, 0, 6);
    case 'elu':
      return elementwise(graph, 'Elu', [x]);
    case 'sigmoid':
      return elementwise(graph, 'Sigmoid', [x]);
    case 'leakyrelu':
      return leakyRelu(graph, x, call.attribute<number | undefined>('leakyreluAlpha') ?? 0);
    case 'prelu':
      return prelu(graph, x, call.input('preluActivationWeights'));
    default:
      throw new Error(
        `unknown activation: ${name} (linear, relu, relu6, elu, sigmoid, leakyrelu or prelu)`,
      );
  }
}

/** Activations and the kernels of their gradients. */
export const activations: Lowerings = {
  Sigmoid: same('Sigmoid'),
  Relu: same('Relu'),
  Relu6: ({ graph, input }) => clip(graph, input('x'), 0, 6),
  Elu: same('Elu'),
  // dy above zero, dy · (y + 1) below: one is added to min(y, 0), so that nothing needs to be chosen.
  EluGrad: ({ graph, input }) => {
    const below = elementwise(graph, 'Min', [input('y'), float(graph, 0)]);
    return multiply(graph, input('dy'), add(graph, below, float(graph, 1)));
  },
  Selu: same('Selu'),
  Softplus: same('Softplus'),
  LeakyRelu: ({ graph, input, attribute }) => leakyRelu(graph, input('x'), attribute('alpha')),
  Prelu: ({ graph, input }) => prelu(graph, input('x'), input('alpha')),
  // relu(x) > 0 exactly where x > 0: where the activation stands already, x itself need not be kept.
  Step: ({ graph, input, attribute }) => {
    const x: Value = input('x');
    const positive = graph.find('Relu', [x]) ?? x;
    const step = elementwise(graph, 'Step', [positive]);
    const alpha = attribute<number | undefined>('alpha') ?? 0;
    if (alpha === 0) return step;
    const rest = subtract(graph, float(graph, 1), step);
    return add(graph, step, multiply(graph, rest, float(graph, alpha)));
  },
};
