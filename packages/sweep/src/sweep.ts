import type { Arm, ArmOutcome } from './arm.ts';
import { Interrupted } from './interrupted.ts';
import type { Journal } from './journal.ts';
import type { Counted } from './ledger.ts';
import { sumWork } from './ledger.ts';
import type { Progress } from './live-line.ts';
import type { Neighbours } from './neighbours.ts';
import { checkNeighbours } from './neighbours.ts';
import type { CostModel } from './pack.ts';
import type { Pool } from './pool.ts';
import type { ProgressState } from './progress.ts';
import type { Protocol } from './protocol.ts';
import { formatBudget, planArm } from './protocol.ts';
import type { SweepEvent } from './scheduler.ts';
import { createScheduler } from './scheduler.ts';
import { createTracker, formatArm } from './tracker.ts';
import { tuneArm } from './tune-arm.ts';
import { windowed } from './windowed.ts';

/** What a sweep is made of. */
export interface SweepOptions {
  readonly arms: readonly Arm[];
  readonly protocol: Protocol;
  readonly journal: Journal;
  /** Null redraws from the journal alone: a missing trial is an error, and nothing trains. */
  readonly pool: Pool | null;
  readonly cost: CostModel;
  /** Whose searches an arm may borrow from, where the protocol lets it; nobody's unless given. */
  readonly neighbours?: Neighbours;
  /** Seeds that an arm is judged on, where they are more than the protocol's. */
  readonly judgeSeeds?: (arm: Arm) => number;
  /** Version of the training semantics; part of every trial's key. */
  readonly semantics: string | number;
  /** Seconds; for speed and time left only. */
  readonly now: () => number;
  readonly progress?: Progress<ProgressState>;
  /** Who is told of the plan and of every finished arm, a line each; the progress, which is always told of failures, by default. */
  readonly tellArms?: (line: string) => void;
  /** Stops the sweep; what was finished is in the journal. */
  readonly signal?: AbortSignal;
}

/** What a sweep came to. */
export interface SweepResult {
  /** In the order of the arms. */
  readonly outcomes: readonly ArmOutcome[];
  readonly compute: SweepCompute;
}

/**
 * Arms under way for each worker: enough to keep it busy while single arms wait for their own results, and few
 * enough that arms that stand beside each other, of one task as a rule, find its data still in memory.
 */
const ARMS_PER_WORKER = 4;

/** Work behind a sweep's outcomes; a trial that several arms share counts once. */
export interface SweepCompute {
  /** Distinct trials that arms asked for, and how many of them this run trained. */
  readonly trials: number;
  readonly trained: number;
  readonly diverged: number;
  readonly failed: number;
  readonly modelSteps: number;
  readonly flops: number;
  /** Summed over trials, whenever they were trained. */
  readonly seconds: number;
}

/** Number of trials and model-steps, at most. */
export interface SweepSize {
  readonly arms: number;
  readonly trials: number;
  readonly modelSteps: number;
}

/** How large a sweep would be, before it starts. Throws where an arm cannot be tuned. */
export function planSize(arms: readonly Arm[], protocol: Protocol): SweepSize {
  const stages = arms.flatMap((arm) => Object.values(planArm(arm, protocol)));
  return {
    arms: arms.length,
    trials: stages.reduce((sum, { trials }) => sum + trials, 0),
    modelSteps: stages.reduce((sum, { modelSteps }) => sum + modelSteps, 0),
  };
}

/**
 * Tunes and judges all arms at once, training only what the journal does not hold. Throws where an arm cannot be tuned
 * or has a neighbour that it cannot borrow from, the journal cannot be written, or a worker cannot start; `Interrupted`
 * where the signal is aborted. A trial that cannot be run marks its arm as `failed`; the rest goes on.
 */
export async function runSweep(options: SweepOptions): Promise<SweepResult> {
  const { arms, protocol, journal, pool, cost, semantics, now, progress, signal } = options;
  const { judgeSeeds = () => protocol.judgeSeeds, neighbours = () => [] } = options;
  const { tellArms = (line: string) => progress?.line(line) } = options;
  checkArms(arms, protocol);
  checkNeighbours(arms, neighbours);
  if (arms.length > 0) tellArms(formatBudget(arms, protocol));
  const tracker = createTracker({ arms, protocol, cost, now });
  const counted = new Map<string, Counted>();
  let trained = 0;
  const onEvent = (event: SweepEvent) => {
    if (event.kind === 'trial') {
      const { spec, record } = event;
      counted.set(record.key, { steps: spec.steps, record });
      if (event.trained && record.status !== 'failed') trained++;
    }
    if (event.kind === 'packFailed') progress?.line(formatFailure(event));
    tracker.event(event);
    progress?.update(tracker.state());
  };
  const scheduler = createScheduler({ pool, cost, journal, semantics, onEvent });
  const interrupt = () =>
    scheduler.stop(new Interrupted(`interrupted (${journal.size} trials are in the journal)`));
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const width = Math.max(ARMS_PER_WORKER * (pool?.size ?? 1), cost.arms ?? 1);
    const outcomes = await windowed(arms, width, async (arm) => {
      // Trials of a neighbour go by its own name and at its own priority, whoever asks for them first.
      const measureOf = (one: Arm) => scheduler.measureFor(one.name, cost.costOf(one));
      const own = { ...protocol, judgeSeeds: Math.max(protocol.judgeSeeds, judgeSeeds(arm)) };
      const beside = neighbours(arm).map((one) => ({ arm: one, measure: measureOf(one) }));
      const outcome = await tuneArm(arm, own, measureOf(arm), beside);
      tracker.armDone(outcome);
      tellArms(formatArm(outcome));
      return outcome;
    });
    const work = sumWork([...counted.values()]);
    const { total, diverged, failed } = work.trials;
    return { outcomes, compute: { trials: total, trained, diverged, failed, ...work.compute } };
  } catch (error) {
    scheduler.stop(error as Error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    progress?.finish();
  }
}

function checkArms(arms: readonly Arm[], protocol: Protocol): void {
  const names = new Set<string>();
  for (const arm of arms) {
    if (names.has(arm.name)) throw new Error(`arm twice in a sweep: ${arm.name} (once)`);
    names.add(arm.name);
    planArm(arm, protocol);
  }
}

function formatFailure({ lanes, reason, final }: SweepEvent & { kind: 'packFailed' }): string {
  return `a worker failed on ${lanes} trials: ${reason} (${final ? 'twice: they count as failed' : 'running them again'})`;
}
