import { isDeepStrictEqual } from 'node:util';
import { type Lane, lanePlan, type Shape, trainingStep } from '@hyperlaw/core';
import type { Hardware } from '@hyperlaw/engine';
import {
  type Arm,
  type CostModel,
  defineProtocol,
  type Experiment,
  planSize,
  trialOf,
} from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import type { Suite, SuitePlan } from '../suite.ts';
import { costOver } from './cost-over.ts';
import { count } from './count.ts';
import { checkKinds, loadExperiments } from './load-experiments.ts';
import { type LoadedTasks, loadTasks } from './load-tasks.ts';
import type { RunLog } from './run-log.ts';
import type { RunOptions } from './run-suite.ts';

/** What a suite is going to measure, and with what. */
export interface Prepared extends LoadedTasks {
  readonly experiments: readonly Experiment[];
  readonly plan: SuitePlan;
  readonly cost: CostModel;
  readonly crewed: { readonly workers: number; readonly hardware: Hardware };
  /** Loads further tasks as the suite's own were. */
  readonly load: (laws: readonly TaskLaw[]) => Promise<LoadedTasks>;
}

interface PrepareOptions extends Pick<RunOptions, 'settings' | 'crew' | 'context'> {
  /** Where nothing is trained, tasks are those that earlier runs have read, whether their data is here or not. */
  readonly log?: Pick<RunLog, 'known'>;
}

/** Loads a suite's tasks and plans what to measure on them. Throws where there is nothing, and where an arm does not fit. */
export async function prepare(
  suite: Suite,
  { settings, crew, context, log }: PrepareOptions,
): Promise<Prepared> {
  const { profile, data, offline } = settings;
  const say = (line: string) => context.write(`${line}\n`);
  say(`suite ${suite.name}, profile ${profile}: ${suite.title}`);
  if (crew) {
    const { kind, name, reason } = crew.device;
    say(`device ${kind}: ${name}; ${count(crew.workers, 'worker')}`);
    if (settings.device === 'auto') say(`${kind} because: ${reason}`);
  }
  const load = (laws: readonly TaskLaw[]) =>
    loadTasks(laws, {
      ...{ data, say, offline: offline || crew === null },
      ...(crew === null && log && { known: log.known }),
    });
  const { tasks, skipped } = await load(suite.tasks(profile));
  const experiments = suite.experiments?.plan(profile, tasks) ?? [];
  const plan = suite.plan?.(profile, tasks) ?? { arms: [], protocol: defineProtocol() };
  if (plan.arms.length + experiments.length === 0 && suite.study === undefined) {
    throw new Error(`nothing to compare: suite ${suite.name} has no arms and no experiments`);
  }
  if (crew && suite.experiments) {
    checkKinds(experiments, await loadExperiments(suite.experiments.module));
  }
  const hardware = crew?.device.hardware ?? 'processor';
  const crewed = { workers: crew?.workers ?? 1, hardware };
  const cost = costOver(tasks, crewed);
  planSize(plan.arms, plan.protocol);
  for (const arm of plan.arms) {
    cost.lanesFor(arm);
    checkArm(arm, tasks);
  }
  return { tasks, skipped, experiments, plan, cost, crewed, load };
}

/** Throws where nets of an arm could not be trained, at either end of its space. */
function checkArm(arm: Arm, tasks: readonly Task[]): void {
  const task = tasks.find(({ law }) => isDeepStrictEqual(law, arm.task));
  if (task === undefined) return;
  const shape = arm.shape as Shape;
  try {
    const { model, optimizer } = trainingStep(shape, { ...task, lanes: 1 });
    for (const end of ['min', 'max'] as const) {
      const trial = trialOf(
        arm,
        arm.space.map((knob) => knob[end]),
        0,
      );
      lanePlan(trial as unknown as Lane, { shape, parameters: model.parameters, optimizer });
    }
  } catch (error) {
    throw new Error(`arm ${arm.name}: ${(error as Error).message}`, { cause: error });
  }
}
