import type { TrainingPack } from '@hyperlaw/core';
import { packRunner } from '@hyperlaw/core';
import type { PackRunner } from '@hyperlaw/sweep';
import { loadTask, type TaskLaw } from '@hyperlaw/tasks';
import { openChosen } from './open-chosen.ts';

/** What a worker needs to know to train packs. */
export interface RunnerOptions {
  readonly device: string;
  /** The data folder. */
  readonly data: string;
}

/** Makes a runner inside a worker: its own device, its own tasks. */
export async function createRunner({ device, data }: RunnerOptions): Promise<PackRunner> {
  const run = packRunner({
    device: await openChosen(device),
    loadTask: (law: TaskLaw) => loadTask(law, { data }),
    clock: () => performance.now() / 1000,
  });
  return (pack, hooks) => run(pack as TrainingPack, hooks);
}
