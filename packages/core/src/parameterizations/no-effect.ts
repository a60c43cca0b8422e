import type { Parameter } from '../parameter.ts';
import type { Family, Parameterization } from './explicit-form.ts';
import { formsDiffer } from './forms-differ.ts';

/**
 * A sentence where a parameterization other than SP trains exactly as SP does, `null` where it makes a difference.
 * Its rules for depth and experts are not looked at: see `noDepthEffect` and `noExpertsEffect`.
 *
 * The test is the numbers themselves, so it catches a missing base width (the silent failure of mup #41), a width
 * equal to its base, and any table that happens to agree with SP.
 */
export function noEffect(options: {
  readonly parameterization: Parameterization;
  readonly width: number;
  readonly parameters: readonly Parameter[];
  readonly family: (parameter: Parameter) => Family;
}): string | null {
  const { parameterization, width, parameters, family } = options;
  const { name, baseWidth } = parameterization;
  const { depth: _, experts: __, ...overWidth } = parameterization;
  if (name === 'sp') return null;
  const differs = parameters.some((parameter) =>
    formsDiffer(parameter, [overWidth, { name: 'sp' }], {
      width,
      depth: 1,
      family: family(parameter),
    }),
  );
  if (differs) return null;
  if (baseWidth === undefined) {
    return `${name} has no effect: without a base width nothing scales, and this is sp`;
  }
  return `${name} has no effect: width ${width} is its base width, where every parameterization is sp`;
}
