import { compiled, incbi } from 'cephes';

// The WebAssembly of cephes compiles itself asynchronously: whoever imports this file finds it ready.
await compiled;

/**
 * The t with P(|T| ≤ t) = level for Student's law of any positive number of degrees of freedom, whole or not.
 *
 * Throws on a level outside (0, 1) and on freedom that is not positive.
 */
export function studentCritical(level: number, freedom: number): number {
  if (!(level > 0 && level < 1 && freedom > 0)) {
    throw new Error(`unknown quantile: level ${level}, freedom ${freedom} (0 to 1, positive)`);
  }
  // ν/(ν + T²) has the law Beta(ν/2, 1/2).
  const x = incbi(freedom / 2, 0.5, 1 - level);
  return Math.sqrt(freedom * (1 / x - 1));
}
