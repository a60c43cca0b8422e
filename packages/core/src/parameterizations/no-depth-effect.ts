import type { Parameter } from '../parameter.ts';
import type { Family, Parameterization } from './explicit-form.ts';
import { formsDiffer } from './forms-differ.ts';

/**
 * A sentence where a depth rule other than `none` trains exactly as `none` does, `null` where it makes a difference:
 * without residual branches, without a base depth, or at the base depth.
 */
export function noDepthEffect(options: {
  readonly parameterization: Parameterization;
  readonly width: number;
  readonly depth: number;
  readonly parameters: readonly Parameter[];
  readonly family: (parameter: Parameter) => Family;
}): string | null {
  const { parameterization, width, depth, parameters, family } = options;
  const { rule = 'none', baseDepth } = parameterization.depth ?? {};
  if (rule === 'none') return null;
  const flat = { ...parameterization, depth: { rule: 'none' } } as const;
  const differs = parameters.some((parameter) =>
    formsDiffer(parameter, [parameterization, flat], { width, depth, family: family(parameter) }),
  );
  if (differs) return null;
  if (parameters.every(({ place }) => place === undefined)) {
    return `the depth rule ${rule} has no effect: this model has no residual branches`;
  }
  if (baseDepth === undefined) {
    return `the depth rule ${rule} has no effect: without a base depth nothing scales`;
  }
  return `the depth rule ${rule} has no effect: depth ${depth} is its base depth`;
}
