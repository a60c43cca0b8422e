import type { Parameter } from '../parameter.ts';
import type { Family, Parameterization, TensorForm } from './explicit-form.ts';
import { explicitForm } from './explicit-form.ts';
import { trainedForm } from './normal-form.ts';

const FACTORS = ['multiplier', 'initStd', 'rate', 'epsilon', 'decay', 'l2', 'l1'] as const;

/** Whether a tensor trains differently under one parameterization than under another, beyond float64 round-off. */
export function formsDiffer(
  parameter: Parameter,
  parameterizations: readonly [Parameterization, Parameterization],
  sizes: { readonly width: number; readonly depth: number; readonly family: Family },
): boolean {
  const formIn = (parameterization: Parameterization): TensorForm =>
    trainedForm(
      parameter,
      explicitForm(parameter, { ...sizes, parameterization, knobs: {} }),
      sizes.family,
    );
  const [one, other] = parameterizations.map(formIn) as [TensorForm, TensorForm];
  return (
    one.alike !== other.alike ||
    FACTORS.some((key) => Math.abs(one[key] - other[key]) > 1e-12 * Math.abs(other[key]))
  );
}
