import type { Arm } from '../arm.ts';
import { trialOf } from '../arm.ts';
import type { CostModel } from '../pack.ts';
import { packOf } from '../pack.ts';
import type { Pool } from '../pool.ts';
import type { Protocol } from '../protocol.ts';
import { seedOf } from '../seeds.ts';
import { knobIndex, screenLattice } from '../space.ts';

/** What packs of one program were seen to take, all workers at work: `fixed + steps · (perStep + lanes · perLane)` seconds. */
export interface ProgramTime {
  /** Work of a model-step by the cost model. */
  readonly unit: number;
  readonly fixed: number;
  readonly perStep: number;
  readonly perLane: number;
}

/** Seconds that a timed pack should take at least, so that the clock and the start do not matter. */
const LONG_ENOUGH = 0.1;
const FIRST_STEPS = 8;

/** What timing is done with. */
export interface TimingOptions {
  readonly pool: Pool;
  readonly protocol: Protocol;
  readonly cost: CostModel;
  /** Seconds. */
  readonly now: () => number;
}

/**
 * Times packs of an arm's program on every worker at once: short ones, with many lanes and with few. Null where one
 * could not be run. What they come to is forgotten.
 */
export async function timeProgram(
  arm: Arm,
  { pool, protocol, cost, now }: TimingOptions,
): Promise<ProgramTime | null> {
  const k = knobIndex(arm.space, protocol.rate);
  // Low rates first: a pack whose lanes have all diverged ends early.
  const lattice = [...screenLattice(arm.space)].sort((a, b) => a[k]! - b[k]!);
  const seconds = async (lanes: number, steps: number): Promise<number> => {
    const specs = Array.from({ length: lanes }, (_, lane) => {
      const round = Math.floor(lane / lattice.length);
      const seed = seedOf('tuning', round, protocol.replicate);
      return trialOf(arm, lattice[lane % lattice.length]!, seed, { steps });
    });
    const pack = packOf(specs);
    const start = now();
    const runs = Array.from({ length: pool.size }, () => pool.run(pack, () => {}));
    // Whatever becomes of one: who comes next needs all workers.
    await Promise.allSettled(runs);
    for (const outcome of await Promise.all(runs)) {
      if (outcome.kind === 'failed') throw new Error(outcome.reason);
    }
    return now() - start;
  };
  // As many as wait for a screen, whose lanes share a seed; of hundreds of lanes a quarter, on several seeds.
  const lanes = cost.lanesFor(arm);
  const most = Math.min(lanes, Math.max(lattice.length, Math.floor(lanes / 4)));
  const few = Math.max(1, Math.floor(most / 4));
  try {
    const many = await ofLanes(most, arm.steps, seconds);
    const less = few < most ? await ofLanes(few, arm.steps, seconds) : null;
    const perLane = less
      ? Math.max(0, (many.perStep - less.perStep) / (most - few))
      : many.perStep / most;
    return {
      unit: cost.costOf({ task: arm.task, shape: arm.shape, steps: 1 }),
      fixed: less ? (many.fixed + less.fixed) / 2 : many.fixed,
      perStep: Math.max(0, many.perStep - most * perLane),
      perLane,
    };
  } catch {
    return null;
  }
}

async function ofLanes(
  lanes: number,
  mostSteps: number,
  seconds: (lanes: number, steps: number) => Promise<number>,
): Promise<{ readonly fixed: number; readonly perStep: number }> {
  let steps = Math.min(FIRST_STEPS, mostSteps);
  const cold = await seconds(lanes, steps);
  const coldSteps = steps;
  // The second of two: data that the first one made is kept, as it is for the trials of a sweep.
  const again = async (count: number) => {
    await seconds(lanes, count);
    return seconds(lanes, count);
  };
  let warm = await again(steps);
  while (warm < LONG_ENOUGH && 8 * steps <= mostSteps) {
    steps *= 4;
    warm = await again(steps);
  }
  const double = await again(2 * steps);
  const perStep = Math.max(0, (double - warm) / steps);
  // With compiling: most packs are of a program that the worker has not, or has no longer.
  return { fixed: Math.max(0, cold - coldSteps * perStep), perStep };
}
