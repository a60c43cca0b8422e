import { join, relative } from 'node:path';
import { TRAINING_SEMANTICS } from '@hyperlaw/core';
import { readVerdict, type Verdict } from '@hyperlaw/report';
import { createProgress, openJournal, runSweep, type SweepResult } from '@hyperlaw/sweep';
import type { Context } from '../context.ts';
import type { House } from '../house.ts';
import type { Settings } from '../settings.ts';
import type { Evidence, Suite } from '../suite.ts';
import { costOver } from './cost-over.ts';
import { count, number } from './count.ts';
import type { Crew } from './crew.ts';
import { checkWritable, draw } from './draw.ts';
import { judge } from './judge.ts';
import { loadTasks } from './load-tasks.ts';
import { planLines } from './plan-lines.ts';
import { commitOf, dataOf, versionsOf } from './provenance.ts';

/** What a suite is run with. */
export interface RunOptions {
  readonly house: House;
  readonly settings: Settings;
  /** Null judges and draws from the journal alone. */
  readonly crew: Crew | null;
  readonly context: Context;
}

/**
 * Runs a suite from its declaration to its page and gives the exit code: 1 where a trial could not be run. Throws one
 * line where it cannot go on; what was measured until then is in the journal.
 */
export async function runSuite(suite: Suite, options: RunOptions): Promise<number> {
  const { house, crew, context } = options;
  const say = (line: string) => context.write(`${line}\n`);
  const startedAt = context.date().toISOString();
  const began = context.now();
  try {
    // Before an hour of training rather than after it.
    checkWritable(join(house.reports, suite.name));
    const { evidence, result } = await measure(suite, options);
    const { trials, modelSteps, flops, seconds } = result.compute;
    const verdict = judge(suite, evidence, {
      compute: { trials, modelSteps, flops, seconds },
      provenance: {
        ...commitOf(house.folder),
        ...(await origin(suite, { ...options, trained: result.compute.trained, startedAt })),
        versions: versionsOf(),
        data: dataOf(evidence.tasks),
      },
    });
    const page = await draw(suite, evidence, verdict, house);
    say(`\nverdict: ${verdict.verdict}\n${verdict.statement}`);
    say(`page: ${relative(house.folder, page)}`);
    say(spent(result, context.now() - began));
    return result.compute.failed > 0 ? 1 : 0;
  } finally {
    await crew?.pool.close();
  }
}

/** Tunes and judges every arm, training what the journal lacks. */
async function measure(
  suite: Suite,
  { house, settings, crew, context }: RunOptions,
): Promise<{ evidence: Evidence; result: SweepResult }> {
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
  const plan = suite.plan(profile, tasks);
  if (plan.arms.length === 0)
    throw new Error(`nothing to compare: suite ${suite.name} has no arms`);
  const cost = costOver(tasks, crew?.workers ?? 1);
  for (const arm of plan.arms) cost.lanesFor(arm);

  const warn = (line: string) => complain(`${line}\n`);
  const journal = openJournal({ folder: house.results(suite.name), warn });
  try {
    for (const line of planLines(plan, { tasks, known: journal.size })) say(line);
    const result = await runSweep({
      ...plan,
      journal,
      pool: crew?.pool ?? null,
      cost,
      semantics: TRAINING_SEMANTICS,
      now,
      signal,
      ...(crew && { progress: createProgress({ write, live, columns, now }) }),
    });
    return { evidence: { ...plan, profile, tasks, skipped, outcomes: result.outcomes }, result };
  } finally {
    journal.close();
  }
}

/** Where and when trials were trained: now, or as the last verdict says where this run trained none. */
async function origin(
  suite: Suite,
  {
    house,
    settings,
    crew,
    trained,
    startedAt,
  }: RunOptions & { readonly trained: number; readonly startedAt: string },
): Promise<Pick<Verdict['provenance'], 'device' | 'startedAt'>> {
  const { kind, name } = crew?.device ?? { kind: 'unknown', name: 'not recorded in the journal' };
  const device = { kind, name };
  if (trained > 0) return { device, startedAt };
  const before = await readVerdict(join(house.reports, suite.name, 'verdict.json')).catch(
    () => null,
  );
  if (before?.profile !== settings.profile) return { device, startedAt };
  return { device: before.provenance.device, startedAt: before.provenance.startedAt };
}

function spent({ compute }: SweepResult, seconds: number): string {
  const { trials, trained, diverged, failed } = compute;
  const parts = [
    `${number(trained)} trained now`,
    `${number(diverged)} diverged`,
    ...(failed > 0 ? [`${number(failed)} could not be run`] : []),
  ];
  return `${count(trials, 'trial')} (${parts.join(', ')}) in ${seconds.toFixed(1)} s`;
}
