import type { Parameter } from '../parameter.ts';
import type { Family, Parameterization } from './explicit-form.ts';
import { formsDiffer } from './forms-differ.ts';

/**
 * A sentence where a rule for mixtures of experts trains exactly as their scaling classes do, `null` where it makes a
 * difference: without a mixture, or at base sizes.
 */
export function noExpertsEffect(options: {
  readonly parameterization: Parameterization;
  readonly width: number;
  readonly parameters: readonly Parameter[];
  readonly family: (parameter: Parameter) => Family;
}): string | null {
  const { parameterization, width, parameters, family } = options;
  const { experts, ...without } = parameterization;
  if (experts === undefined) return null;
  const { rule } = experts;
  const mixed = parameters.filter(({ mixture }) => mixture !== undefined);
  if (mixed.length === 0) {
    return `the rule of experts ${rule} has no effect: this model has no mixture of experts`;
  }
  const differs = mixed.some((parameter) =>
    formsDiffer(parameter, [parameterization, without], {
      width,
      depth: 1,
      family: family(parameter),
    }),
  );
  if (differs) return null;
  return `the rule of experts ${rule} has no effect: here it trains as ${without.name} does without it`;
}
