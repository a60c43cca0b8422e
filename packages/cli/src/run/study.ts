import type { Hardware } from '@hyperlaw/engine';
import {
  type Arm,
  type CostModel,
  canonicalJson,
  type Round,
  remainingOf,
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
  /** Told of the rounds that are still to come, as far as they are known, once one has something to train. */
  readonly expect?: (rounds: readonly Round[], cost: CostModel) => Promise<void>;
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
  { load, workers, hardware, expect, sweep }: StudyBench,
): Promise<Studied | null> {
  if (suite.study === undefined) return null;
  const seen = new Set<string>();
  let compute: SweepCompute | null = null;
  let round = 0;
  let expected = false;
  const tune: Tune = async (arms, protocol) => {
    for (const { name } of arms) {
      const tuned = canonicalJson([name, protocol.replicate]);
      if (seen.has(tuned)) throw new Error(`arm twice in a study: ${name} (once a replicate)`);
      seen.add(tuned);
    }
    const { tasks, skipped } = await load(lawsOf(arms));
    const missing = skipped[0];
    if (missing) throw new Error(`cannot study ${missing.name}: ${missing.reason}`);
    const later = (suite.studyRounds?.(profile) ?? []).slice(++round);
    if (expect && !expected && (await remainingOf(arms, { ...sweep, protocol })).length > 0) {
      expected = true;
      const all = await load(lawsOf([arms, ...later.map((one) => one.arms)].flat()));
      await expect([{ arms, protocol }, ...later], costOver(all.tasks, { workers, hardware }));
    }
    const result = await runSweep({
      ...sweep,
      arms,
      protocol,
      cost: costOver(tasks, { workers, hardware }),
    });
    compute = compute ? addCompute(compute, result.compute) : result.compute;
    return result.outcomes;
  };
  const studied = await suite.study(profile, tune);
  return { studied, compute: compute ?? NOTHING };
}

/** The laws of the tasks of arms, each once. */
export function lawsOf(arms: readonly Arm[]): readonly TaskLaw[] {
  return [...new Map(arms.map(({ task }) => [canonicalJson(task), task as TaskLaw])).values()];
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
