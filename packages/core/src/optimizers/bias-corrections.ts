import type { Knobs } from '../knobs.ts';

/** What a step multiplies Adam's unscaled moments by (see `adam`): the same for all tensors of a lane. */
export interface BiasCorrections {
  /** `(1 − β₁)/(1 − β₁ᵗ)`. */
  readonly first: number;
  /** `s_t = √((1 − β₂)/(1 − β₂ᵗ))`. */
  readonly root: number;
}

/** The corrections of the step after `step` others; 1 where a rule has no such β. */
export function biasCorrections({ beta1, beta2 }: Knobs, step: number): BiasCorrections {
  return { first: correction(beta1, step), root: Math.sqrt(correction(beta2, step)) };
}

/** `(1 − β)/(1 − βᵗ)`. */
function correction(beta: number | undefined, step: number): number {
  return beta === undefined ? 1 : (1 - beta) / (1 - beta ** (step + 1));
}
