import {
  type ExpertsParameterization,
  type ExpertsRule,
  type ExpertsShape,
  expertTables,
} from '@hyperlaw/core';
import type { Arguments } from '../arguments.ts';
import { integer, number, oneOf, UsageError } from '../usage-error.ts';
import { refuse } from './refuse-option.ts';

type Options = Arguments['options'];

/** Options that say what a mixture of experts is; `normalised-gates` is a switch. */
export const expertOptions = [
  ...(['experts', 'active', 'gate', 'normalised-gates', 'capacity'] as const),
  ...(['expert-expansion', 'expert-features'] as const),
];

/** Options of the rule that its tensors scale by. */
export const expertRuleOptions = ['experts-rule', 'base-experts', 'base-active'] as const;

/** The mixture of experts that options name, nothing where there is none. Throws bad usage. */
export function describedExperts(
  options: Options,
  has: (knob: string) => boolean,
): { readonly experts?: ExpertsShape } {
  const { experts, 'expert-features': features, 'expert-expansion': expansion } = options;
  if (experts === undefined) {
    refuse(
      options,
      expertOptions.filter((name) => name !== 'experts'),
      'no --experts',
    );
    return {};
  }
  if (features !== undefined && expansion !== undefined) {
    throw new UsageError('both --expert-features and --expert-expansion (either)');
  }
  const { capacity } = options;
  return {
    experts: {
      count: integer('experts', experts, 1),
      active: integer('active', options.active ?? '1', 1),
      size:
        features === undefined
          ? { kind: 'scaled', expansion: number('--expert-expansion', expansion ?? '1') }
          : { kind: 'fixed', features: integer('expert features', features, 1) },
      gate: oneOf('gate', options.gate ?? 'softmax', ['softmax', 'sigmoid']),
      normalised: options['normalised-gates'] === 'true',
      ...(capacity !== undefined && { capacity: number('--capacity', capacity) }),
      ...(has('loadBalance') && { balanced: true }),
    },
  };
}

/** The rule for experts that options name; base numbers alone say nothing. Throws bad usage. */
export function describedExpertsRule(options: Options): {
  readonly experts?: ExpertsParameterization;
} {
  const { 'experts-rule': given, 'base-experts': count, 'base-active': active } = options;
  if (given === undefined && count === undefined && active === undefined) return {};
  const rules = Object.keys(expertTables) as ExpertsRule[];
  if (given === undefined) throw new UsageError(`missing rule of experts (${rules.join(', ')})`);
  return {
    experts: {
      rule: oneOf('rule of experts', given, rules),
      ...(count !== undefined && { baseCount: integer('base experts', count, 1) }),
      ...(active !== undefined && { baseActive: integer('base active', active, 1) }),
    },
  };
}
