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
  /** Shared memory, one number: not 0 ends the pack that is being trained. */
  readonly stop?: Int32Array;
}

/** Makes a runner inside a worker: its own device, which the main thread has tried, and its own tasks. */
export async function createRunner({ device, data, stop }: RunnerOptions): Promise<PackRunner> {
  const run = packRunner({
    device: await openDevice(device, { tried: true }),
    loadTask: (law: TaskLaw) => loadTask(law, { data }),
    clock: () => performance.now() / 1000,
  });
  const goOn = () => {
    if (stop && Atomics.load(stop, 0) !== 0) throw new Error('interrupted');
  };
  return async (pack, hooks) => {
    goOn();
    const onProgress = (modelSteps: number) => {
      goOn();
      hooks.onProgress?.(modelSteps);
    };
    return run(pack as TrainingPack, { onProgress });
  };
}
