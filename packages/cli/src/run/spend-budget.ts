import type { Pool } from '@hyperlaw/sweep';
import {
  chooseGrants,
  formatDuration,
  type Grants,
  type ProgramTime,
  packSeconds,
  runSweep,
  type SweepOptions,
  type SweepResult,
  timePrograms,
} from '@hyperlaw/sweep';
import type { Evidence, Suite } from '../suite.ts';
import { count } from './count.ts';
import { contestsOf } from './doubt.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Of what is left, the share that one round may plan to spend: doubts are looked at again after each. */
const ROUND = 0.5;

/** What a budget is spent with. */
export interface BudgetOptions {
  readonly sweep: SweepOptions & { readonly pool: Pool; readonly signal: AbortSignal };
  /** What programs are timed on. */
  readonly timing: Pool;
  readonly grants: Grants;
  /** Aborted when the budget is spent. */
  readonly deadline: AbortSignal;
  /** Seconds until then. */
  readonly left: () => number;
  /** The evidence with other outcomes of its arms. */
  readonly evidenceOf: (outcomes: Evidence['outcomes']) => Evidence;
  readonly say: (line: string) => void;
}

/**
 * Spends what is left of a budget on more judging seeds where the verdict is least certain, round by round, and gives
 * what the arms came to in the end. Seeds count once all of a round's trials are done, and are journalled then.
 */
export async function spendBudget(
  suite: Suite,
  first: SweepResult,
  { sweep, timing, grants, deadline, left, evidenceOf, say }: BudgetOptions,
): Promise<SweepResult> {
  const { arms, protocol, cost, pool } = sweep;
  if (arms.length === 0) {
    say(`budget: ${formatDuration(Math.max(0, left()))} left, and no arms to judge on more seeds`);
    return first;
  }
  let result = first;
  let times: readonly ProgramTime[] | null = null;
  const signal = AbortSignal.any([sweep.signal, deadline]);
  for (let round = 1; !deadline.aborted; round++) {
    const evidence = evidenceOf(result.outcomes);
    const contests = contestsOf(evidence, suite.judge(evidence));
    const tuned = arms.map((arm) => ({ arm, protocol }));
    times ??= await unlessAborted(signal, timePrograms(tuned, { ...sweep, pool: timing }));
    if (sweep.signal.aborted) throw new Error('interrupted');
    if (times === null) return result;
    const known = times;
    const perSeed = (index: number) => packSeconds(arms[index]!, 1, cost, known);
    const granted = chooseGrants(
      contests.map((contest) => ({
        ...contest,
        secondsPerSeed: contest.arms.reduce((sum, i) => sum + perSeed(i), 0) / pool.size,
      })),
      { seconds: ROUND * left(), protocolSeeds: protocol.judgeSeeds },
    );
    if (granted.size === 0) {
      say(
        `budget: ${formatDuration(Math.max(0, left()))} left, nothing that more seeds would decide in it`,
      );
      return result;
    }
    const seeds = new Map(
      contests.flatMap(({ name, arms: own }) => {
        const most = granted.get(name);
        return most === undefined ? [] : own.map((index) => [arms[index]!, most] as const);
      }),
    );
    const told = [...granted].map(([name, most]) => `${name} ${most}`).join(', ');
    say(`budget: round ${round}, ${formatDuration(left())} left; judging seeds: ${told}`);
    const judgeSeeds = (arm: (typeof arms)[number]) => seeds.get(arm) ?? grants.seedsOf(arm);
    try {
      // What arms came to was said when they were tuned.
      const next = await runSweep({ ...sweep, judgeSeeds, signal, tellArms: () => {} });
      for (const [arm, most] of seeds) grants.grant(arm, most);
      const { compute } = next;
      const trained = result.compute.trained + compute.trained;
      result = { ...next, compute: { ...compute, trained } };
    } catch (error) {
      if (sweep.signal.aborted || !deadline.aborted) throw error;
      say('budget: spent; seeds of the round that was under way do not count yet');
    }
  }
  return result;
}

/** What a page must say of seeds beyond the protocol, or null. */
export function grantsCaveat({ outcomes, protocol }: Evidence): string | null {
  const more = outcomes.filter(({ judged }) => judged.length > protocol.judgeSeeds);
  if (more.length === 0) return null;
  const most = Math.max(...more.map(({ judged }) => judged.length));
  return `A budget of time gave ${count(more.length, 'arm')} of ${outcomes.length} more judging seeds than the protocol's ${protocol.judgeSeeds} (at most ${most}), where intervals were widest beside effects. The number of seeds thus depends on what was measured, though not on which way it points, and the run ended by the clock, not by a result.`;
}
