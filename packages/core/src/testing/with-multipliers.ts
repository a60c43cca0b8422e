import * as tf from '@tensorflow/tfjs';
import type { Model } from '../model.ts';
import { tensorOf } from '../tensors.ts';

/** A model whose layers multiply by `multipliers[name]` in the graph, as parameterizations are written in papers. */
export function withMultipliers(
  model: Model,
  multipliers: Readonly<Record<string, number>>,
): Model {
  return {
    ...model,
    forward: (parameters, x, extras) => {
      const scaled = model.parameters.map(
        ({ name }) => [name, tf.mul(tensorOf(parameters, name), multipliers[name] ?? 1)] as const,
      );
      return model.forward({ ...parameters, ...Object.fromEntries(scaled) }, x, extras);
    },
  };
}
