import { TRAINING_SEMANTICS } from '@hyperlaw/core';
import {
  createProgress,
  type ExperimentJournal,
  type ExperimentsResult,
  experimentKey,
  formatExperiments,
  formatProgress,
  type Grants,
  Interrupted,
  type Journal,
  openExperiments,
  openGrants,
  openJournal,
  runExperiments,
  runSweep,
  type SweepResult,
} from '@hyperlaw/sweep';
import { BudgetSpent } from '../budget-spent.ts';
import type { Context } from '../context.ts';
import { measuredFrom } from '../measured-from.ts';
import type { Evidence, Suite, SuitePlan } from '../suite.ts';
import { checkWritable } from './draw.ts';
import { type ExpectedTimeOptions, estimateLine, expectedTime } from './expected-time.ts';
import { markRunning } from './other-runs.ts';
import { planLines } from './plan-lines.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { RunLog } from './run-log.ts';
import type { RunOptions } from './run-suite.ts';
import { spendBudget } from './spend-budget.ts';
import { addCompute, study } from './study.ts';
import { unlessAborted } from './unless-aborted.ts';

/** What a suite's verdict rests on, and the work behind it. */
export interface Measurements {
  readonly evidence: Evidence;
  readonly experiments: ExperimentsResult['compute'];
  readonly sweep: SweepResult['compute'];
  /** What tasks and experiments read. */
  readonly sources: readonly Pick<Evidence['tasks'][number], 'data'>[];
  /** Seconds of the wall that experiments and sweep took, and what was expected. */
  readonly pace: { readonly seconds: number; readonly estimate: number | null };
}

/** Makes every experiment, then tunes and judges every arm, running what the journal lacks. */
export async function measure(
  suite: Suite,
  { house, settings, crew, context, log }: RunOptions & { readonly log: RunLog },
): Promise<Measurements> {
  const prepared = await prepare(suite, { settings, crew, context, log });
  log.reads(prepared.tasks);
  const results = {
    folder: house.results(suite.name),
    warn: (line: string) => context.complain(`${line}\n`),
  };
  const { protocol } = prepared.plan;
  const opened: { close(): void }[] = [];
  const open = <Journal extends { close(): void }>(journal: Journal): Journal => {
    opened.push(journal);
    return journal;
  };
  const time = clockOf(settings.budget, context);
  let unmark = () => {};
  try {
    const made = open(openExperiments({ ...results, onWrite: log.begin }));
    const trained = open(openJournal({ ...results, onWrite: log.begin }));
    const grants = open(openGrants(results, { protocol, semantics: TRAINING_SEMANTICS }));
    const known = { experiments: made.size, trials: trained.size };
    const { plan, experiments, tasks } = prepared;
    for (const line of planLines(plan, experiments, { tasks, known })) {
      context.write(`${line}\n`);
    }
    // Only now: a suite with which something is wrong leaves no folder.
    if (crew) {
      checkWritable(results.folder);
      unmark = markRunning(results.folder, (pid) =>
        context.complain(`process ${pid} runs this suite too: what both train is trained twice\n`),
      );
    }
    return await measureAll(suite, {
      ...prepared,
      settings,
      crew,
      context,
      made,
      trained,
      grants,
      time,
    });
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Interrupted)) throw error;
    throw new BudgetSpent(error.message, { cause: error });
  } finally {
    unmark();
    for (const journal of opened) journal.close();
  }
}

/** What a suite is measured with. */
interface Bench extends Prepared, Omit<RunOptions, 'house'> {
  readonly made: ExperimentJournal;
  readonly trained: Journal;
  readonly grants: Grants;
  readonly time: ReturnType<typeof clockOf>;
}

async function measureAll(suite: Suite, bench: Bench): Promise<Measurements> {
  const { tasks, skipped, experiments, plan, cost, crewed, load } = bench;
  const { settings, crew, context, made, trained, grants, time } = bench;
  const { write, live, columns, now, signal } = context;
  const { profile } = settings;
  const say = (line: string) => write(`${line}\n`);
  const semantics = TRAINING_SEMANTICS;
  const stop = AbortSignal.any([signal, time.deadline]);
  const shared = { pool: crew?.pool ?? null, semantics, now, signal: stop };
  const screen = { write, live, columns, now };
  const progress = crew && createProgress({ ...screen, format: formatProgress });
  const sweeping = { ...shared, journal: trained, ...(progress && { progress }) };
  let estimate: number | null = null;
  /** Where it is interrupted, what comes next says so. */
  const expect = async (
    plans: readonly SuitePlan[],
    more: Pick<ExpectedTimeOptions, 'cost' | 'experiments'>,
  ) => {
    if (crew === null) return;
    const options = { pool: crew.timing, now, journal: trained, semantics, say, signal: stop };
    const seconds = await unlessAborted(stop, expectedTime(plans, { ...options, ...more }));
    if (seconds !== null) estimate = (estimate ?? 0) + seconds;
  };
  await expect([plan], {
    cost,
    experiments: experiments.filter((one) => !made.get(experimentKey(one, semantics))),
  });
  const began = now();
  const { measured, compute } = await runExperiments({
    ...shared,
    experiments,
    journal: made,
    ...(crew && { progress: createProgress({ ...screen, format: formatExperiments }) }),
  });
  const sweep = await runSweep({ ...sweeping, ...plan, cost, judgeSeeds: grants.seedsOf });
  const found = await study(suite, profile, {
    load,
    ...crewed,
    expect: (rounds, own) => expect(rounds, { cost: own }),
    sweep: sweeping,
  });
  const pace = { seconds: now() - began, estimate };
  if (estimate !== null) say(estimateLine(estimate, pace.seconds));
  const evidenceOf = (outcomes: Evidence['outcomes']): Evidence => ({
    ...{ ...plan, profile, tasks, skipped, outcomes, measured: measuredFrom(measured) },
    ...(found && { studied: found.studied }),
  });
  const spent =
    crew && settings.budget !== null
      ? await spendBudget(suite, sweep, {
          sweep: { ...sweeping, ...plan, cost, pool: crew.pool, signal },
          ...{ timing: crew.timing, grants, evidenceOf, say, ...time },
        })
      : sweep;
  return {
    evidence: evidenceOf(spent.outcomes),
    experiments: compute,
    sweep: found ? addCompute(spent.compute, found.compute) : spent.compute,
    sources: [...tasks, ...experiments],
    pace,
  };
}

/** A budget as what is left of it, in seconds, and the signal of its end; without one there is no end. */
function clockOf(budget: number | null, { now }: Pick<Context, 'now'>) {
  const began = now();
  return {
    left: () => (budget === null ? Infinity : budget - (now() - began)),
    deadline: budget === null ? new AbortController().signal : AbortSignal.timeout(1000 * budget),
  };
}
