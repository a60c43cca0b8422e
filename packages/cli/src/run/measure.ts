import { TRAINING_SEMANTICS } from '@hyperlaw/core';
import {
  createProgress,
  type ExperimentsResult,
  experimentKey,
  formatExperiments,
  formatProgress,
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
import { planLines } from './plan-lines.ts';
import { prepare } from './prepare.ts';
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
  const { write, complain, live, columns, now, signal } = context;
  const { profile } = settings;
  const say = (line: string) => write(`${line}\n`);
  const prepared = await prepare(suite, { settings, crew, context });
  const { tasks, skipped, experiments, plan, cost, crewed, load } = prepared;

  const results = {
    folder: house.results(suite.name),
    warn: (line: string) => complain(`${line}\n`),
  };
  const made = openExperiments({ ...results, onWrite: log.begin });
  const trained = openJournal({ ...results, onWrite: log.begin });
  const semantics = TRAINING_SEMANTICS;
  const grants = openGrants(results, { protocol: plan.protocol, semantics });
  const time = clockOf(settings.budget, context);
  const stop = AbortSignal.any([signal, time.deadline]);
  const shared = { pool: crew?.pool ?? null, semantics, now, signal: stop };
  const screen = { write, live, columns, now };
  try {
    const known = { experiments: made.size, trials: trained.size };
    for (const line of planLines(plan, experiments, { tasks, known })) say(line);
    // Only now: a suite with which something is wrong leaves no folder.
    if (crew) checkWritable(results.folder);
    let estimate: number | null = null;
    /** Where it is interrupted, what comes next says so. */
    const expect = async (
      plans: readonly SuitePlan[],
      more: Pick<ExpectedTimeOptions, 'cost' | 'experiments'>,
    ) => {
      if (crew === null) return;
      const options = { pool: crew.pool, now, journal: trained, semantics, say, ...more };
      const seconds = await unlessAborted(stop, expectedTime(plans, options));
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
    const sweep = await runSweep({
      ...shared,
      ...plan,
      journal: trained,
      cost,
      judgeSeeds: grants.seedsOf,
      ...(crew && { progress: createProgress({ ...screen, format: formatProgress }) }),
    });
    const found = await study(suite, profile, {
      load,
      ...crewed,
      expect: (rounds, own) => expect(rounds, { cost: own }),
      sweep: {
        ...shared,
        journal: trained,
        ...(crew && { progress: createProgress({ ...screen, format: formatProgress }) }),
      },
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
            sweep: { ...shared, ...plan, journal: trained, cost, pool: crew.pool, signal },
            ...{ grants, evidenceOf, say, ...time },
          })
        : sweep;
    return {
      evidence: evidenceOf(spent.outcomes),
      experiments: compute,
      sweep: found ? addCompute(spent.compute, found.compute) : spent.compute,
      sources: [...tasks, ...experiments],
      pace,
    };
  } catch (error) {
    if (signal.aborted || !time.deadline.aborted) throw error;
    throw new BudgetSpent((error as Error).message, { cause: error });
  } finally {
    made.close();
    trained.close();
    grants.close();
  }
}

/** A budget as what is left of it, in seconds, and the signal of its end; without one there is no end. */
function clockOf(budget: number | null, { now }: Pick<Context, 'now'>) {
  const began = now();
  return {
    left: () => (budget === null ? Infinity : budget - (now() - began)),
    deadline: budget === null ? new AbortController().signal : AbortSignal.timeout(1000 * budget),
  };
}
