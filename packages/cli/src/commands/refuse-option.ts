import type { Arguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';

/** An option that would do nothing is bad usage. */
export function refuse(
  options: Arguments['options'],
  names: readonly string[],
  what: string,
): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError(`option without effect: --${given} (with ${what})`);
}
