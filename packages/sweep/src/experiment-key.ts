import { hashOf } from './canonical-json.ts';
import type { Experiment } from './experiment.ts';

/**
 * Names an experiment by the SHA-256 (hexadecimal) of all that determines its result and of `semantics`, the
 * version of the training semantics. Throws where its input is not pure JSON.
 */
export function experimentKey(
  { kind, input, data, version }: Experiment,
  semantics: string | number,
): string {
  return hashOf({ semantics, kind, input, data, version });
}
