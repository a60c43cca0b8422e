import { computedExperts, expertFeatures } from '../layers/mixture-parameters.ts';
import type { Model } from '../model.ts';
import type { ExpertsShape } from '../shape.ts';

/** The knobs that a model reads in its graph on behalf of its experts. */
export function expertKnobs({
  experts,
}: {
  readonly experts?: ExpertsShape;
}): Pick<Model, 'knobs'> {
  return experts?.balanced ? { knobs: ['loadBalance'] } : {};
}

/**
 * Numbers that one row leaves in memory in one mixture, gradients included: features and gated features of the experts
 * it costs, and logits, choices and gates. 0 without experts.
 */
export function expertActivations({
  width,
  experts,
}: {
  readonly width: number;
  readonly experts?: ExpertsShape;
}): number {
  if (experts === undefined) return 0;
  const { count, active } = experts;
  return computedExperts(experts) * 6 * expertFeatures(experts, width) + (6 + active) * count;
}
