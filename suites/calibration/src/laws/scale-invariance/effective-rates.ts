import type { Laboratory } from '@hyperlaw/cli';
import type { ResidualMlpShape } from '@hyperlaw/core';
import type { SyntheticLaw } from '@hyperlaw/tasks';

/** Nets of which the scale-invariant weights start larger by a factor, trained at several rates of those weights. */
export interface EffectiveRatesInput {
  readonly task: SyntheticLaw;
  readonly model: ResidualMlpShape;
  readonly batch: number;
  readonly steps: number;
  /** Of all other tensors. */
  readonly learningRate: number;
  /** Factor c on the hidden weights, and their own learning rate. */
  readonly cells: readonly { readonly scale: number; readonly hiddenRate: number }[];
  readonly seeds: readonly number[];
}

export interface EffectiveRates {
  /** Held-out loss, `[cell][net]`; null where a net diverged. */
  readonly losses: readonly (readonly (number | null)[])[];
}

/** Trained as a sweep trains, the factors by core's layerwise knobs. */
export async function effectiveRates(
  { task, model, batch, steps, learningRate, cells, seeds }: EffectiveRatesInput,
  { train }: Laboratory,
): Promise<EffectiveRates> {
  const results = await train({
    shape: { model, optimizer: { kind: 'sgd' }, batch },
    steps,
    heldOut: 'validation',
    lanes: cells.flatMap(({ scale, hiddenRate }) =>
      seeds.map((seed) => ({
        task,
        parameterization: { name: 'sp' as const },
        schedule: { kind: 'constant' as const },
        knobs: {
          learningRate,
          'learningRate/hidden': hiddenRate / learningRate,
          'initScale/hidden': scale,
        },
        seed,
      })),
    ),
  });
  return {
    losses: cells.map((_, c) =>
      seeds.map((_, net) => results[c * seeds.length + net]?.loss ?? null),
    ),
  };
}
