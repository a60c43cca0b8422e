import { add, multiply, subtract } from './arithmetic.ts';
import { elementwise } from './elementwise.ts';
import type { Lowerings } from './lowering.ts';

/** Normalization with given statistics. */
export const normalizations: Lowerings = {
  // offset + (x − mean) · (scale / √(variance + ε)): only the first and the last touch all of x.
  FusedBatchNorm: ({ graph, input, optional, attribute }) => {
    const epsilon = graph.uniform(
      attribute<number | undefined>('varianceEpsilon') ?? 0.001,
      [],
      'float32',
    );
    const deviation = elementwise(graph, 'Sqrt', [add(graph, input('variance'), epsilon)]);
    const inverse = elementwise(graph, 'Reciprocal', [deviation]);
    const scale = optional('scale');
    const factor = scale ? multiply(graph, inverse, scale) : inverse;
    const scaled = multiply(graph, subtract(graph, input('x'), input('mean')), factor);
    const offset = optional('offset');
    return offset ? add(graph, scaled, offset) : scaled;
  },
};
