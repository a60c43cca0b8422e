import type { Verdict } from '@hyperlaw/report';
import type { RememberingPool, Replays } from '@hyperlaw/sweep';
import type { Context } from '../context.ts';
import { count, number } from './count.ts';
import type { Crew } from './crew.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * Makes some of what a run has measured again, by a worker that shares nothing with those that measured it; null where there
 * was nothing. Tells of what came to something else. Throws where it is interrupted.
 */
export async function replay(
  pool: RememberingPool,
  { crew, context }: { readonly crew: Crew; readonly context: Context },
): Promise<Pick<Replays, 'made' | 'same'> | null> {
  const fresh = crew.another();
  try {
    const replays = await unlessAborted(context.signal, pool.replay(fresh));
    if (replays === null) throw new Error('interrupted (all is in the journal)');
    const { made, same, differing } = replays;
    if (made === 0) return null;
    for (const line of differing) context.complain(`${line}\n`);
    const told = same === made ? 'all came' : `${number(same)} came`;
    context.write(`made again: ${count(made, 'measurement')}; ${told} to the same, to the bit\n`);
    return { made, same };
  } finally {
    await fresh.close();
  }
}

/** What a page must say where something came to something else when it was made again, or null. */
export function replaysCaveat({ provenance: { replays, device } }: Verdict): string | null {
  if (replays === undefined || !isWrong(replays, device)) return null;
  const { made, same } = replays;
  return `Of ${count(made, 'measurement')} that were made again only ${number(same)} came to the same: through a fault of the machine or of the program, numbers on this page may be wrong.`;
}

/** On a processor the same steps give the same bits; a GPU may add in another order. */
export const isWrong = (
  { made, same }: Pick<Replays, 'made' | 'same'>,
  { kind }: { readonly kind: string },
): boolean => kind === 'cpu' && same < made;
