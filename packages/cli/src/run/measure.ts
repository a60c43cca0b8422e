import { TRAINING_SEMANTICS } from '@hyperlaw/core';
import {
  createProgress,
  defineProtocol,
  type ExperimentsResult,
  formatExperiments,
  formatProgress,
  openExperiments,
  openJournal,
  runExperiments,
  runSweep,
  type SweepResult,
} from '@hyperlaw/sweep';
import { measuredFrom } from '../measured-from.ts';
import type { Evidence, Suite } from '../suite.ts';
import { costOver } from './cost-over.ts';
import { count } from './count.ts';
import { checkKinds, loadExperiments } from './load-experiments.ts';
import { loadTasks } from './load-tasks.ts';
import { planLines } from './plan-lines.ts';
import type { RunLog } from './run-log.ts';
import type { RunOptions } from './run-suite.ts';
import { addCompute, study } from './study.ts';

/** What a suite's verdict rests on, and the work behind it. */
export interface Measurements {
  readonly evidence: Evidence;
  readonly experiments: ExperimentsResult['compute'];
  readonly sweep: SweepResult['compute'];
  /** What tasks and experiments read. */
  readonly sources: readonly Pick<Evidence['tasks'][number], 'data'>[];
}

/** Makes every experiment, then tunes and judges every arm, running what the journal lacks. */
export async function measure(
  suite: Suite,
  { house, settings, crew, context, log }: RunOptions & { readonly log: RunLog },
): Promise<Measurements> {
  const { write, complain, live, columns, now, signal } = context;
  const { profile, data, offline } = settings;
  const say = (line: string) => write(`${line}\n`);
  say(`suite ${suite.name}, profile ${profile}: ${suite.title}`);
  if (crew) {
    const { kind, name, reason } = crew.device;
    say(`device ${kind}: ${name}; ${count(crew.workers, 'worker')}`);
    if (settings.device === 'auto') say(`${kind} because: ${reason}`);
  }
  const loading = { data, offline: offline || crew === null, say };
  const { tasks, skipped } = await loadTasks(suite.tasks(profile), loading);
  const experiments = suite.experiments?.plan(profile, tasks) ?? [];
  const plan = suite.plan?.(profile, tasks) ?? { arms: [], protocol: defineProtocol() };
  if (plan.arms.length + experiments.length === 0 && suite.study === undefined) {
    throw new Error(`nothing to compare: suite ${suite.name} has no arms and no experiments`);
  }
  if (crew && suite.experiments) {
    checkKinds(experiments, await loadExperiments(suite.experiments.module));
  }
  const cost = costOver(tasks, crew?.workers ?? 1);
  for (const arm of plan.arms) cost.lanesFor(arm);

  const results = {
    folder: house.results(suite.name),
    warn: (line: string) => complain(`${line}\n`),
  };
  const made = openExperiments({ ...results, onWrite: log.begin });
  const trained = openJournal({ ...results, onWrite: log.begin });
  const shared = { pool: crew?.pool ?? null, semantics: TRAINING_SEMANTICS, now, signal };
  const screen = { write, live, columns, now };
  try {
    const known = { experiments: made.size, trials: trained.size };
    for (const line of planLines(plan, experiments, { tasks, known })) say(line);
    const { measured, compute } = await runExperiments({
      ...shared,
      experiments,
      journal: made,
      ...(crew && { progress: createProgress({ ...screen, format: formatExperiments }) }),
    });
    const sweep = await runSweep({
      ...shared,
      ...plan,
      journal: trained,
      cost,
      ...(crew && { progress: createProgress({ ...screen, format: formatProgress }) }),
    });
    const { outcomes } = sweep;
    const found = await study(suite, profile, {
      load: (laws) => loadTasks(laws, loading),
      workers: crew?.workers ?? 1,
      sweep: {
        ...shared,
        journal: trained,
        ...(crew && { progress: createProgress({ ...screen, format: formatProgress }) }),
      },
    });
    return {
      evidence: {
        ...{ ...plan, profile, tasks, skipped, outcomes, measured: measuredFrom(measured) },
        ...(found && { studied: found.studied }),
      },
      experiments: compute,
      sweep: found ? addCompute(sweep.compute, found.compute) : sweep.compute,
      sources: [...tasks, ...experiments],
    };
  } finally {
    made.close();
    trained.close();
  }
}
