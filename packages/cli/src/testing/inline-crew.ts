import { inlinePool, type Runner } from '@hyperlaw/sweep';
import type { Crew } from '../run/crew.ts';
import { createRunner } from '../run/runner-module.ts';

/** A crew that works in this thread, with the same runner again where a second pool is asked for. */
export function inlineCrew(runner: Runner): Crew {
  const another = () => inlinePool(runner);
  const device = { kind: 'cpu' as const, name: 'one core', reason: 'named' };
  const pool = another();
  return { device, workers: 1, pool, timing: pool, another };
}

/** A crew of the real runner on one core; `experiments` is the URL of a suite's module of them. */
export async function coreCrew(data: string, experiments?: string): Promise<Crew> {
  return inlineCrew(
    await createRunner({ device: 'cpu', data, ...(experiments && { experiments }) }),
  );
}
