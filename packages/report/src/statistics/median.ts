import { median } from 'simple-statistics';
import { betaCumulative } from './distributions.ts';
import type { Tested } from './paired.ts';
import { shareTest } from './share.ts';

/**
 * The median of a sample with the shortest symmetric pair of order statistics that covers it at the level or more
 * (exact, whatever the distribution; of small samples the whole range, which covers 1 − 2¹⁻ⁿ), and the sign test of
 * the hypothesis that it is zero, zeros left out. Throws on an empty sample.
 */
export function medianInterval(
  sample: readonly number[],
  { level = 0.95 }: { readonly level?: number } = {},
): Tested {
  if (sample.length === 0) throw new Error('too few observations: 0 (1 or more)');
  const ordered = [...sample].sort((a, b) => a - b);
  const n = ordered.length;
  // P(fewer than k of n observations lie below the median) = 1 − I(½; k, n − k + 1).
  let rank = 1;
  while (rank + 1 <= n / 2 && 1 - betaCumulative(0.5, rank + 1, n - rank) <= (1 - level) / 2)
    rank++;
  const decided = sample.filter((value) => value !== 0);
  const above = decided.filter((value) => value > 0).length;
  return {
    estimate: median(ordered),
    interval: [ordered[rank - 1] as number, ordered[n - rank] as number],
    level,
    pValue: decided.length > 0 ? shareTest(above, decided.length) : 1,
    test: 'sign test',
  };
}
