import type { Parameter } from '../parameter.ts';
import type { Family, TensorForm } from './explicit-form.ts';

/**
 * The same training with multiplier 1: the multiplier μ is absorbed into the tensor, `W' = μ W`.
 *
 * This is the symmetry (a+θ, b−θ, c−2θ) of SGD and (a+θ, b−θ, c−θ, ε n^{−θ}) of Adam (2011.14522, 2308.01814) with
 * μ = n^θ, carried to everything else that touches a tensor. Since g' = g/μ,
 * - the rate is multiplied by μ² where the step is proportional to the gradient, by μ where it is not,
 *   by 1 where it is proportional to the weight;
 * - ε by 1/μ; decoupled decay by the inverse of the rate's factor, so that rate · decay stays;
 * - the L2 penalty λ‖W‖²/2 is λ/μ² on W', the L1 penalty λ/μ;
 * - the global norm that clipping looks at is that of the explicit gradients, so W' enters it with weight μ².
 * Momentum, β₁ and β₂ do not change.
 */
export function normalForm(form: TensorForm, family: Family): TensorForm {
  const mu = form.multiplier;
  const rate = { sgd: mu * mu, adam: mu, muon: mu, relative: 1 }[family];
  return {
    ...form,
    multiplier: 1,
    initStd: form.initStd * mu,
    initMean: form.initMean * mu,
    rate: form.rate * rate,
    epsilon: form.epsilon / mu,
    decay: form.decay / rate,
    l2: form.l2 / (mu * mu),
    l1: form.l1 / mu,
    clip: form.clip * mu * mu,
  };
}

/** The form that a tensor trains in: the normal one, but for tied tensors, whose multiplier stays in the graph. */
export function trainedForm(
  { tied }: Pick<Parameter, 'tied'>,
  form: TensorForm,
  family: Family,
): TensorForm {
  return tied ? form : normalForm(form, family);
}
