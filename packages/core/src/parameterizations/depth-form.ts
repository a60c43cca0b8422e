import type { Parameter } from '../parameter.ts';
import type { DepthExponents, DepthRule } from './depth-exponents.ts';
import { depthTables, flat } from './depth-exponents.ts';
import type { Family, TensorForm } from './explicit-form.ts';

/** A depth rule and the depth at which it is tuned. Everything scales with `r = depth/baseDepth`. */
export interface DepthParameterization {
  readonly rule: DepthRule;
  /**
   * In what the model's depth counts, residual blocks or a transformer's layers of two blocks each; 1 gives multipliers
   * `L^{−α}`. Without it nothing scales: see `noDepthEffect`.
   */
  readonly baseDepth?: number;
}

/** The depth ratio `r` to the base depth; 1 without a base depth. Throws where that is not a positive number. */
export function depthRatio({ baseDepth }: DepthParameterization, depth: number): number {
  if (baseDepth === undefined) return 1;
  if (!(baseDepth > 0 && baseDepth < Infinity)) {
    throw new Error(`unknown base depth: ${baseDepth} (a positive number)`);
  }
  return depth / baseDepth;
}

/** The factors on a tensor's multiplier, rate, ε, decay and penalties that a depth rule gives, each 1 at r = 1. */
export function depthForm(
  parameter: Parameter,
  options: {
    readonly depth: number;
    readonly parameterization: DepthParameterization;
    readonly family: Family;
  },
): Pick<TensorForm, 'multiplier' | 'rate' | 'epsilon' | 'decay' | 'l2' | 'l1'> {
  const { depth, parameterization, family } = options;
  const r = depthRatio(parameterization, depth);
  const { alpha, sgd, adam, gradient } = exponentsOf(parameter, parameterization.rule);
  // An orthogonalised or relative step, as Adam's, does not depend on the gradient's scale, and weights do not on depth.
  const c = { sgd, adam, muon: adam, relative: adam }[family];
  return {
    multiplier: r ** -alpha,
    rate: r ** -c,
    epsilon: r ** -gradient,
    decay: r ** c,
    l2: r ** sgd,
    l1: r ** -gradient,
  };
}

function exponentsOf({ place }: Parameter, rule: DepthRule): DepthExponents {
  const table = depthTables[rule];
  if (table === undefined) {
    throw new Error(`unknown depth rule: ${rule} (${Object.keys(depthTables).join(', ')})`);
  }
  return place === undefined ? flat : table[place];
}
