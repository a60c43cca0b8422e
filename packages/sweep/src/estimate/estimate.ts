import type { Journal } from '../journal.ts';
import type { CostModel } from '../pack.ts';
import type { SweepOptions } from '../sweep.ts';
import type { Pack, TrialSpec } from '../trial.ts';
import type { ProgramTime, TimingOptions } from './program-time.ts';
import { timeProgram } from './program-time.ts';
import { overlay, rehearse } from './rehearse.ts';
import type { Remaining } from './remaining.ts';

/** Programs that are timed: between them times are interpolated by the cost model's work. */
const TIMED = 5;

/** What sweeps are expected to take. */
export interface SweepEstimate {
  /** Of the wall. */
  readonly seconds: number;
  readonly times: readonly ProgramTime[];
}

/** What an estimate is made with: the sweeps, one after the other over one journal, and what to time programs on. */
export interface EstimateOptions extends Omit<TimingOptions, 'protocol'> {
  readonly sweeps: readonly Pick<SweepOptions, 'arms' | 'protocol' | 'neighbours'>[];
  readonly journal: Journal;
  readonly semantics: string | number;
  readonly signal?: AbortSignal;
}

/**
 * Expects how long sweeps will take: times a few programs of what is missing on the pool, for some seconds, and rehearses
 * the sweeps with them. Null where nothing is missing, or a program could not be timed. Throws where the signal is aborted.
 */
export async function estimateSweeps(
  missing: readonly Remaining[],
  { sweeps, journal, semantics, signal, ...timing }: EstimateOptions,
): Promise<SweepEstimate | null> {
  const { cost, pool } = timing;
  if (missing.length === 0) return null;
  const times = await timePrograms(missing, timing);
  if (times === null) return null;
  const secondsOf = ({ lanes, ...program }: Pack) =>
    packSeconds({ ...program, task: lanes[0]!.task }, lanes.length, cost, times);
  const shared = { journal: overlay(journal), semantics, cost, workers: pool.size, secondsOf };
  let seconds = 0;
  for (const sweep of sweeps) {
    seconds += await rehearse({ ...sweep, ...shared, ...(signal && { signal }) });
  }
  return { seconds, times };
}

/** An arm, and how it is tuned. */
type Tuned = Pick<Remaining, 'arm' | 'protocol'>;

/** Times a few programs among those of some arms; null where one could not be run. */
export async function timePrograms(
  tuned: readonly Tuned[],
  timing: Omit<TimingOptions, 'protocol'>,
): Promise<readonly ProgramTime[] | null> {
  const times: ProgramTime[] = [];
  const chosen = spread(tuned, timing.cost);
  const timed = ({ arm, protocol }: Tuned) => timeProgram(arm, { ...timing, protocol });
  // The first of all is for the start of the workers, and forgotten.
  for (const one of chosen.slice(0, 1)) await timed(one);
  for (const one of chosen) {
    const time = await timed(one);
    if (time === null) return null;
    times.push(time);
  }
  return times;
}

/** Seconds of one worker that a pack of so many lanes is expected to take. */
export function packSeconds(
  { task, shape, steps }: Pick<TrialSpec, 'task' | 'shape' | 'steps'>,
  lanes: number,
  cost: CostModel,
  times: readonly ProgramTime[],
): number {
  const unit = cost.costOf({ task, shape, steps: 1 });
  const { fixed, perStep, perLane } = timeAt(unit, times);
  return fixed + steps * (perStep + lanes * perLane);
}

/** Times of a program by its work, between those that were measured: straight on logarithmic axes. */
export function timeAt(unit: number, times: readonly ProgramTime[]): ProgramTime {
  const sorted = [...times].sort((a, b) => a.unit - b.unit);
  const above = sorted.findIndex((time) => time.unit >= unit);
  const [low, high] = [sorted[above - 1], sorted[above]];
  const nearest = high ?? sorted.at(-1);
  if (nearest === undefined) throw new Error('unknown times: of 0 programs (at least one)');
  if (low === undefined || high === undefined) return { ...nearest, unit };
  const share = Math.log(unit / low.unit) / Math.log(high.unit / low.unit);
  const between = (of: 'fixed' | 'perStep' | 'perLane') =>
    low[of] > 0 && high[of] > 0
      ? low[of] ** (1 - share) * high[of] ** share
      : low[of] * (1 - share) + high[of] * share;
  return {
    unit,
    fixed: between('fixed'),
    perStep: between('perStep'),
    perLane: between('perLane'),
  };
}

/** Arms of programs that stand apart in their work, the least and the most of all among them. */
function spread(tuned: readonly Tuned[], cost: CostModel): readonly Tuned[] {
  const work = ({ arm: { task, shape } }: Tuned) =>
    Math.log(cost.costOf({ task, shape, steps: 1 }));
  const sorted = [...tuned].sort((a, b) => work(a) - work(b));
  const [least, most] = [work(sorted[0]!), work(sorted.at(-1)!)];
  const chosen = Array.from({ length: TIMED }, (_, i) => {
    const wanted = least + ((most - least) * i) / (TIMED - 1);
    return sorted.reduce((best, arm) =>
      Math.abs(work(arm) - wanted) < Math.abs(work(best) - wanted) ? arm : best,
    );
  });
  // Of equal work one is enough.
  return chosen.filter((arm, i) => i === 0 || work(arm) > work(chosen[i - 1]!) + 1e-9);
}
