import type { TrainingPack } from '@hyperlaw/core';
import { packRunner } from '@hyperlaw/core';
import { type DeviceKind, openDevice } from '@hyperlaw/engine';
import type { PackRunner } from '@hyperlaw/sweep';
import { loadTask, type TaskLaw } from '@hyperlaw/tasks';

/** What a worker needs to know to train packs. */
export interface RunnerOptions {
  readonly device: DeviceKind;
  /** The data folder. */
  readonly data: string;
}

/** Makes a runner inside a worker: its own device, which the main thread has tried, and its own tasks. */
export async function createRunner({ device, data }: RunnerOptions): Promise<PackRunner> {
  const run = packRunner({
    device: await openDevice(device, { tried: true }),
    loadTask: (law: TaskLaw) => loadTask(law, { data }),
    clock: () => performance.now() / 1000,
  });
  return (pack, hooks) => run(pack as TrainingPack, hooks);
}
