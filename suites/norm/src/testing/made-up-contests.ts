import { normals, randomStream } from '@hyperlaw/tasks';
import type { Contest, Entrant } from '../need-gaps.ts';

/** Made-up results of tuned arms, for tests of the decision rule. */
export interface MadeUp {
  /** log2 of the expected loss of a replacement over that of a normed net, by contest and replacement. */
  readonly gap: (contest: number, replacement: number) => number;
  /** Standard deviations of what tuning adds to an arm, of what a seed adds to all, and of what it adds to each. */
  readonly tuning: number;
  readonly seed: number;
  readonly noise: number;
  readonly status?: (id: string) => Entrant['status'];
}

/** Tasks of the contests: as the standard profile has them. */
const INSTANCES = [2, 2, 2, 2, 3, 1, 3, 3, 3, 3];
const SEEDS = 8;

/** A made-up suite; a pure function of its run number. */
export function madeUpContests(
  { gap, tuning, seed, noise, status = () => 'interior' }: MadeUp,
  { run, arms = 7 }: { readonly run: number; readonly arms?: number },
): readonly Contest[] {
  const normal = normals(randomStream({ seed: run, role: 'made-up', path: [] }));
  return INSTANCES.map((count, k): Contest => {
    const instances = Array.from({ length: count }, () => {
      const common = Array.from({ length: SEEDS }, () => seed * normal());
      const entrant = (id: string, level: number): Entrant => {
        const tuned = tuning * normal();
        const losses = common.map((shift) => 2 ** (level + tuned + shift + noise * normal()));
        // Validation examples and other seeds.
        const tuningLoss = 2 ** (level + tuned + (seed + noise) * normal() * 0.5);
        return { id, title: id, losses, status: status(id), tuningLoss };
      };
      const each = (of: (i: number) => Entrant) => Array.from({ length: arms }, (_, i) => of(i));
      return {
        ceiling: 64,
        normed: each((i) => entrant(`norm-${i}`, 0)),
        free: each((i) => entrant(`free-${i}`, gap(k, i))),
      };
    });
    return { contest: `contest-${k}`, title: `contest ${k}`, seeds: SEEDS, instances };
  });
}
