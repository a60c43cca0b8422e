import type { Arm, Stage } from '../arm.ts';
import { stages } from '../arm.ts';
import type { CostModel } from '../pack.ts';
import type { Protocol } from '../protocol.ts';
import { planArm, screenSteps } from '../protocol.ts';
import type { ProgramTime, TimingOptions } from './program-time.ts';
import { timeProgram } from './program-time.ts';
import type { Remaining } from './remaining.ts';

/** Programs that are timed: between them times are interpolated by the cost model's work. */
const TIMED = 5;

/** What a sweep is expected to take. */
export interface SweepEstimate {
  /** Of the wall. */
  readonly seconds: number;
  readonly times: readonly ProgramTime[];
}

/**
 * Expects how long missing trials will take, by timing a few of their programs on the pool for some seconds. Null where
 * nothing is missing, or a program could not be timed.
 */
export async function estimateSweep(
  missing: readonly Remaining[],
  timing: TimingOptions,
): Promise<SweepEstimate | null> {
  const { cost, pool } = timing;
  if (missing.length === 0) return null;
  const times = await timePrograms(
    missing.map(({ arm }) => arm),
    timing,
  );
  if (times === null) return null;
  const seconds = missing.reduce((sum, { arm, protocol, modelSteps }) => {
    const planned = Object.values(planArm(arm, protocol)).reduce(
      (all, one) => all + one.modelSteps,
      0,
    );
    return sum + (armSeconds(arm, protocol, cost, times) * modelSteps) / planned;
  }, 0);
  return { seconds: seconds / pool.size, times };
}

/** Times a few programs among those of some arms; null where one could not be run. */
export async function timePrograms(
  arms: readonly Arm[],
  timing: TimingOptions,
): Promise<readonly ProgramTime[] | null> {
  const times: ProgramTime[] = [];
  const chosen = spread(arms, timing.cost);
  // The first of all is for the start of the workers, and forgotten.
  for (const arm of chosen.slice(0, 1)) await timeProgram(arm, timing);
  for (const arm of chosen) {
    const time = await timeProgram(arm, timing);
    if (time === null) return null;
    times.push(time);
  }
  return times;
}

/** Seconds of one worker that all stages of an arm are expected to take. */
export function armSeconds(
  arm: Arm,
  protocol: Protocol,
  cost: CostModel,
  times: readonly ProgramTime[],
): number {
  const plan = planArm(arm, protocol);
  return stages.reduce((sum, stage) => {
    const { trials } = plan[stage];
    const lanes = lanesIn(stage, arm, protocol, trials);
    const steps = stage === 'screen' ? screenSteps(arm, protocol) : arm.steps;
    return sum + trialsSeconds(arm, { trials, lanes, steps }, cost, times);
  }, 0);
}

/** Seconds of one worker for trials of an arm that wait together, `lanes` at a time. */
export function trialsSeconds(
  arm: Arm,
  {
    trials,
    lanes = trials,
    steps,
  }: { readonly trials: number; readonly lanes?: number; readonly steps: number },
  cost: CostModel,
  times: readonly ProgramTime[],
): number {
  if (trials === 0) return 0;
  const unit = cost.costOf({ task: arm.task, shape: arm.shape, steps: 1 });
  const { fixed, perStep, perLane } = timeAt(unit, times);
  const packed = Math.max(1, Math.min(cost.lanesFor(arm), lanes));
  const packs = Math.ceil(trials / packed);
  return packs * fixed + steps * (packs * perStep + trials * perLane);
}

/** How many trials of a stage wait together: searching asks for a few neighbours at a time. */
function lanesIn(stage: Stage, { space }: Arm, { beam }: Protocol, trials: number): number {
  return stage === 'refine' ? Math.min(trials, 2 * space.length * beam) : trials;
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
function spread(arms: readonly Arm[], cost: CostModel): readonly Arm[] {
  const work = ({ task, shape }: Arm) => Math.log(cost.costOf({ task, shape, steps: 1 }));
  const sorted = [...arms].sort((a, b) => work(a) - work(b));
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
