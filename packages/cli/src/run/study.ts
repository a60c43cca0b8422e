import type { Hardware } from '@hyperlaw/engine';
import {
  canonicalJson,
  runSweep,
  type SweepCompute,
  type SweepOptions,
  type Tune,
} from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Profile, Suite } from '../suite.ts';
import { costOver } from './cost-over.ts';
import type { LoadedTasks } from './load-tasks.ts';

/** What a study is run with. */
export interface StudyBench {
  readonly load: (laws: readonly TaskLaw[]) => Promise<LoadedTasks>;
  readonly workers: number;
  readonly hardware: Hardware;
  /** What all of its sweeps have in common. */
  readonly sweep: Omit<SweepOptions, 'arms' | 'protocol' | 'cost'>;
}

/** What a study came to, and the work behind it. */
export interface Studied {
  readonly studied: object;
  readonly compute: SweepCompute;
}

/**
 * Runs a suite's study, each of its rounds a sweep of its own over one journal; null where the suite has none. Throws as
 * a sweep does, and where a round tunes an arm a second time or wants a task whose data cannot be had.
 */
export async function study(
  suite: Suite,
  profile: Profile,
  { load, workers, hardware, sweep }: StudyBench,
): Promise<Studied | null> {
  if (suite.study === undefined) return null;
  const seen = new Set<string>();
  let compute: SweepCompute | null = null;
  const tune: Tune = async (arms, protocol) => {
    for (const { name } of arms) {
      const tuned = canonicalJson([name, protocol.replicate]);
      if (seen.has(tuned)) throw new Error(`arm twice in a study: ${name} (once a replicate)`);
      seen.add(tuned);
    }
    const laws = new Map(arms.map(({ task }) => [canonicalJson(task), task as TaskLaw]));
    const { tasks, skipped } = await load([...laws.values()]);
    const missing = skipped[0];
    if (missing) throw new Error(`cannot study ${missing.name}: ${missing.reason}`);
    const round = await runSweep({
      ...sweep,
      arms,
      protocol,
      cost: costOver(tasks, { workers, hardware }),
    });
    compute = compute ? addCompute(compute, round.compute) : round.compute;
    return round.outcomes;
  };
  const studied = await suite.study(profile, tune);
  return { studied, compute: compute ?? NOTHING };
}

const NOTHING: SweepCompute = {
  ...{ trials: 0, trained: 0, diverged: 0, failed: 0 },
  ...{ modelSteps: 0, flops: 0, seconds: 0 },
};

/** The work of two sweeps that share no trial. */
export function addCompute(a: SweepCompute, b: SweepCompute): SweepCompute {
  return {
    trials: a.trials + b.trials,
    trained: a.trained + b.trained,
    diverged: a.diverged + b.diverged,
    failed: a.failed + b.failed,
    modelSteps: a.modelSteps + b.modelSteps,
    flops: a.flops + b.flops,
    seconds: a.seconds + b.seconds,
  };
}
