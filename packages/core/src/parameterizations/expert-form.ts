import type { Parameter } from '../parameter.ts';
import { isWeight } from '../parameter.ts';
import type { ExpertExponents, ExpertRole, ExpertsRule } from './expert-exponents.ts';
import { expertTables } from './expert-exponents.ts';
import type { Family, TensorForm } from './explicit-form.ts';

/** A rule for mixtures of experts and the numbers at which it is tuned: see `expertTables`. */
export interface ExpertsParameterization {
  readonly rule: ExpertsRule;
  /** Number of experts; without it nothing scales with theirs. */
  readonly baseCount?: number;
  /** Number of active experts; without it nothing scales with theirs. */
  readonly baseActive?: number;
}

/** A rule's exponents for a tensor of a mixture; null for any other. Throws on an unknown rule. */
export function expertExponents(
  { role, mixture }: Pick<Parameter, 'role' | 'mixture'>,
  experts: ExpertsParameterization | undefined,
): ExpertExponents | null {
  if (mixture === undefined || experts === undefined) return null;
  const table = expertTables[experts.rule];
  if (table === undefined) {
    const known = Object.keys(expertTables).join(', ');
    throw new Error(`unknown rule of experts: ${experts.rule} (${known})`);
  }
  return table[role.replace('-bias', '') as ExpertRole];
}

/** The factors on a tensor's form that the ratios of numbers of experts give, each 1 at the base numbers. */
export function expertForm(
  parameter: Parameter,
  {
    experts,
    family,
  }: { readonly experts: ExpertsParameterization | undefined; readonly family: Family },
): Pick<TensorForm, 'multiplier' | 'initStd' | 'rate' | 'epsilon' | 'decay' | 'l2' | 'l1'> {
  const { mixture } = parameter;
  const own = expertExponents(parameter, experts);
  if (own === null || mixture === undefined || experts === undefined) return unscaled;
  const r = ratio('number of experts', mixture.count, experts.baseCount);
  const k = ratio('number of active experts', mixture.active, experts.baseActive);
  const { b, sgd, adam, relative, gradient } = own.count;
  const c = { sgd, adam, muon: 0, relative }[family];
  return {
    multiplier: k ** -own.active,
    // A bias starts as it does without experts.
    initStd: isWeight(parameter) ? r ** -b : 1,
    rate: r ** -c,
    epsilon: r ** -gradient,
    decay: r ** c,
    l2: r ** sgd,
    l1: r ** -gradient,
  };
}

const unscaled = { multiplier: 1, initStd: 1, rate: 1, epsilon: 1, decay: 1, l2: 1, l1: 1 };

function ratio(what: string, value: number, base: number | undefined): number {
  if (base === undefined) return 1;
  if (!(base > 0 && base < Infinity)) {
    throw new Error(`unknown base ${what}: ${base} (a positive number)`);
  }
  return value / base;
}
