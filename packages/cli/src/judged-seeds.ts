import type { ArmOutcome, Protocol } from '@hyperlaw/sweep';

/**
 * The judging seeds that all arms judged against each other have: the protocol's, or more where a budget added some. Arms
 * without a winner have none, and do not count.
 */
export function judgedSeeds(outcomes: readonly ArmOutcome[], { judgeSeeds }: Protocol): number {
  const counts = outcomes.map(({ judged }) => judged.length).filter((count) => count > 0);
  return counts.length > 0 ? Math.min(...counts) : judgeSeeds;
}
