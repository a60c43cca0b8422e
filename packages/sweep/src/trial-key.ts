import { hashOf } from './canonical-json.ts';
import type { TrialSpec } from './trial.ts';

/**
 * Names a trial by the SHA-256 (hexadecimal) of all that determines its result and of `semantics`, the
 * version of the training semantics. Throws where the spec is not pure JSON.
 */
export function trialKey(spec: TrialSpec, semantics: string | number): string {
  const { task, data, shape, parameterization, schedule, knobs, seed, steps, heldOut } = spec;
  const run = { task, data, shape, parameterization, schedule, knobs, seed, steps };
  return hashOf({ semantics, ...run, heldOut });
}
