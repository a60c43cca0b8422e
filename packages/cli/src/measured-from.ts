import type { Measured } from '@hyperlaw/sweep';
import type { Evidence } from './suite.ts';

/** The lookup that evidence has, over results by the name of their experiment; suites' tests make theirs up. */
export function measuredFrom(results: ReadonlyMap<string, Measured>): Evidence['measured'] {
  return <Result extends object>(name: string) => {
    const found = results.get(name);
    if (found === undefined) {
      throw new Error(`unknown experiment: ${name} (one of the ${results.size} that were planned)`);
    }
    return found as Measured<Result>;
  };
}
