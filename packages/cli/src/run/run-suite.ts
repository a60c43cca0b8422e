import { join, relative } from 'node:path';
import { costModel, TRAINING_SEMANTICS } from '@hyperlaw/core';
import { readVerdict, type Verdict } from '@hyperlaw/report';
import type { CostModel, Pool, SweepResult } from '@hyperlaw/sweep';
import { canonicalJson, createProgress, openJournal, runSweep, workerPool } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import type { Context } from '../context.ts';
import type { House } from '../house.ts';
import type { Settings } from '../settings.ts';
import { workersFor } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { checkWritable, draw } from './draw.ts';
import { judge } from './judge.ts';
import { loadTasks } from './load-tasks.ts';
import { memoryBytes } from './memory.ts';
import { openChosen } from './open-chosen.ts';
import { planLines } from './plan-lines.ts';
import { commitOf, dataOf, processorName, versionsOf } from './provenance.ts';

/** What a run trains with; null judges and draws from the journal alone. */
export interface Crew {
  readonly device: { readonly kind: string; readonly name: string };
  readonly workers: number;
  readonly pool: Pool;
}

/** Finds out what a run can train with; throws one line where the chosen device cannot start. */
export async function hireCrew({ device: chosen, workers: wanted, data }: Settings): Promise<Crew> {
  const device = await openChosen(chosen);
  const { kind, name } = device;
  await device.close();
  const workers = wanted ?? workersFor(kind);
  const pool = workerPool({
    size: workers,
    runner: {
      module: new URL('./runner-module.ts', import.meta.url).href,
      factory: 'createRunner',
      options: { device: kind, data },
    },
  });
  return { device: { kind, name: `${name}; ${processorName()}` }, workers, pool };
}

/**
 * Runs a suite from its declaration to its page and gives the exit code: 1 where a trial could not be run. Throws one
 * line where it cannot go on; what was measured until then is in the journal.
 */
export async function runSuite(
  suite: Suite,
  {
    house,
    settings,
    crew,
    context,
  }: {
    readonly house: House;
    readonly settings: Settings;
    readonly crew: Crew | null;
    readonly context: Context;
  },
): Promise<number> {
  const { write, complain, live, columns, now, date, signal } = context;
  const { profile, data, offline } = settings;
  const startedAt = date().toISOString();
  const began = now();
  const say = (line: string) => write(`${line}\n`);
  const folder = join(house.reports, suite.name);
  checkWritable(folder);

  say(`suite ${suite.name}, profile ${profile}: ${suite.title}`);
  if (crew)
    say(`device ${crew.device.kind}: ${crew.device.name}, ${count(crew.workers, 'worker')}`);
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
    const evidence = { ...plan, profile, tasks, skipped, outcomes: result.outcomes };
    const { trials, modelSteps, flops, seconds } = result.compute;
    const verdict = judge(suite, evidence, {
      compute: { trials, modelSteps, flops, seconds },
      provenance: {
        ...commitOf(house.folder),
        ...(await origin({ result, crew, profile, startedAt, path: join(folder, 'verdict.json') })),
        versions: versionsOf(),
        data: dataOf(tasks),
      },
    });
    const page = await draw(suite, evidence, verdict, house);
    say(`\nverdict: ${verdict.verdict}\n${verdict.statement}`);
    say(`page: ${relative(house.folder, page)}`);
    say(spent(result, now() - began));
    return result.compute.failed > 0 ? 1 : 0;
  } finally {
    journal.close();
    await crew?.pool.close();
  }
}

/** Where and when trials were trained: now, or as the last verdict says where this run trained none. */
async function origin({
  result,
  crew,
  profile,
  startedAt,
  path,
}: {
  readonly result: SweepResult;
  readonly crew: Crew | null;
  readonly profile: string;
  readonly startedAt: string;
  readonly path: string;
}): Promise<Pick<Verdict['provenance'], 'device' | 'startedAt'>> {
  const device = crew?.device ?? { kind: 'unknown', name: 'trained before, device not recorded' };
  if (result.compute.trained > 0) return { device, startedAt };
  const before = await readVerdict(path).catch(() => null);
  return before?.profile === profile ? before.provenance : { device, startedAt };
}

function costOver(tasks: readonly Task[], workers: number): CostModel {
  const byLaw = new Map(tasks.map((task) => [canonicalJson(task.law), task]));
  return costModel({
    taskOf: (law) => {
      const task = byLaw.get(canonicalJson(law));
      if (task === undefined) throw new Error(`unknown task: ${law.kind} (one of the suite's own)`);
      return task;
    },
    memoryBytes: memoryBytes() / workers,
  });
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

function count(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
