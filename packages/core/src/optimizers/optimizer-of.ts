import type { OptimizerKind, OptimizerShape } from '../shape.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { withDecay } from './decoupled-decay.ts';
import { lamb } from './lamb.ts';
import { lars } from './lars.ts';
import { momentum } from './momentum.ts';
import { muon } from './muon.ts';
import { nesterov } from './nesterov.ts';
import { sgd } from './sgd.ts';
import { signsgd } from './signsgd.ts';
import { perExpert } from './stacked.ts';
import type { Optimizer } from './update-rule.ts';

const optimizers: Readonly<Record<OptimizerKind, Optimizer>> = {
  sgd: () => sgd,
  momentum: () => momentum,
  nesterov: () => nesterov,
  adam: () => adam,
  adamw: () => adamw,
  signsgd: () => signsgd,
  muon,
  lars,
  lamb,
};

/** Kinds of optimizer by name. */
export const optimizerKinds = Object.keys(optimizers) as readonly OptimizerKind[];

/** The optimizer of a shape, with decoupled decay where the shape has it. Throws on an unknown kind. */
export function optimizerOf({ kind, decay = false }: OptimizerShape): Optimizer {
  const optimizer = optimizers[kind];
  if (optimizer === undefined) {
    throw new Error(`unknown optimizer: ${kind} (${optimizerKinds.join(', ')})`);
  }
  const whole: Optimizer = (parameter) => {
    const rule = optimizer(parameter);
    const byMatrix = rule.family === 'muon' || rule.family === 'relative';
    return byMatrix ? perExpert(rule, parameter) : rule;
  };
  return decay && kind !== 'adamw' ? (parameter) => withDecay(whole(parameter)) : whole;
}
