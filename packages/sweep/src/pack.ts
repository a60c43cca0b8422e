import { canonicalJson } from './canonical-json.ts';
import type { Lane, Pack, TaskLaw, TrialResult, TrialSpec } from './trial.ts';

/** What the cost of a trial depends on. */
type Sized = Pick<TrialSpec, 'task' | 'shape' | 'steps'>;

/** What programs are made for and what they cost; given by whoever knows the models and the device. */
export interface CostModel {
  /**
   * What a program sees of a task: trials of tasks of one signature can be its lanes, and have equal costs. The task itself
   * unless given.
   */
  signatureOf?(task: TaskLaw): object;
  /** The most streams of data, one for each task and seed, that the lanes of one program should read; unbounded unless given. */
  readonly streams?: number;
  /** Arms that should be under way at once, so that trials of one program wait together; none unless given. */
  readonly arms?: number;
  /** The most lanes that one program of this kind should have. */
  lanesFor(program: Sized): number;
  /** Expected work of one trial, in any unit that is the same for all. */
  costOf(program: Sized): number;
}

/** Names the program whose lane a trial can be. */
export function programKey(
  { task, shape, steps, heldOut }: Pick<TrialSpec, 'task' | 'shape' | 'steps' | 'heldOut'>,
  { signatureOf = (law) => law }: Pick<CostModel, 'signatureOf'>,
): string {
  return canonicalJson({ task: signatureOf(task), shape, steps, heldOut });
}

/** The pack of trials that share a program; at least one. */
export function packOf(specs: readonly TrialSpec[]): Pack {
  const [first] = specs;
  if (first === undefined) throw new Error('unknown number of trials: 0 (a positive integer)');
  const { shape, steps, heldOut } = first;
  const lanes = specs.map(
    ({ task, parameterization, schedule, knobs, seed }): Lane => ({
      task,
      parameterization,
      schedule,
      knobs,
      seed,
    }),
  );
  return { shape, steps, heldOut, lanes };
}

/**
 * How many of `waiting` trials the next pack takes: packs of one program are of even size, as few as the
 * lanes allow, but as many as there are workers with nothing else to do.
 */
export function packSize({
  waiting,
  lanes,
  idleWorkers,
}: {
  readonly waiting: number;
  readonly lanes: number;
  readonly idleWorkers: number;
}): number {
  const packs = Math.max(Math.ceil(waiting / lanes), Math.min(waiting, idleWorkers));
  return Math.ceil(waiting / packs);
}

/** Throws where a runner's results are not what a pack of this many lanes can come to. */
export function checkResults(lanes: number, results: readonly TrialResult[]): void {
  if (!Array.isArray(results) || results.length !== lanes) {
    throw new Error(`runner gave ${results?.length} results (${lanes}, one a lane)`);
  }
  for (const { status, loss } of results) {
    const fits =
      status === 'finished' ? Number.isFinite(loss) : status === 'diverged' && loss === null;
    if (!fits) {
      throw new Error(
        `runner gave status ${status} with loss ${loss} (finished with a finite loss, or diverged with null)`,
      );
    }
  }
}
