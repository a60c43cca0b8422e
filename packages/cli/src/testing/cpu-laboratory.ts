import { packRunner } from '@hyperlaw/core';
import { openCpu } from '@hyperlaw/engine';
import { loadTask, type Task, type TaskLaw } from '@hyperlaw/tasks';
import type { Laboratory } from '../laboratory.ts';

/** For tests: a laboratory on the CPU without data files, never interrupted. */
export function cpuLaboratory(): Laboratory {
  const device = openCpu();
  const tasks = new Map<string, Promise<Task>>();
  const load = (law: TaskLaw): Promise<Task> => {
    const key = JSON.stringify(law);
    const task = tasks.get(key) ?? loadTask(law, { data: '/nowhere' });
    tasks.set(key, task);
    return task;
  };
  const train = packRunner({ device, loadTask: load, clock: () => 0 });
  return { device, loadTask: load, train: (pack) => train(pack), count: () => {}, goOn: () => {} };
}
