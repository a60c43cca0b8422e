import { availableParallelism } from 'node:os';
import type { TrainingPack } from '@hyperlaw/core';
import { batchThreads, packRunner } from '@hyperlaw/core';
import { type DeviceKind, openDevice } from '@hyperlaw/engine';
import type { PackRunner, Runner } from '@hyperlaw/sweep';
import { loadTask } from '@hyperlaw/tasks';
import { experimentRunner } from './experiment-runner.ts';
import { rememberTasks } from './remember-tasks.ts';

/** What a worker needs to know to train packs and to make experiments. */
export interface RunnerOptions {
  readonly device: DeviceKind;
  /** The data folder. */
  readonly data: string;
  /** Shared memory, one number: not 0 ends the job that is under way, between calls of the device. */
  readonly stop?: Int32Array;
  /** Memory of batches that all workers share. */
  readonly batches?: SharedArrayBuffer;
  /** URL of the suite's module of experiments. */
  readonly experiments?: string;
}

/** Makes a runner inside a worker: its own device, which the main thread has tried, and its own tasks. */
export async function createRunner({
  device: kind,
  data,
  stop,
  batches,
  experiments,
}: RunnerOptions): Promise<Runner> {
  const device = await openDevice(kind, { tried: true });
  const load = rememberTasks((law) => loadTask(law, { data }));
  const clock = () => performance.now() / 1000;
  // A processor is busy with training itself.
  const maker = kind === 'cpu' ? null : batchThreads({ threads: makersFor(), data });
  const train = packRunner({ device, loadTask: load, clock, maker, ...(batches && { batches }) });
  const goOn = () => {
    if (stop && Atomics.load(stop, 0) !== 0) throw new Error('interrupted');
  };
  const runPack: PackRunner = async (pack, hooks) => {
    goOn();
    const onProgress = (modelSteps: number) => {
      goOn();
      hooks.onProgress?.(modelSteps);
    };
    return train(pack as TrainingPack, { onProgress });
  };
  if (experiments === undefined) return runPack;
  const bench = { device, loadTask: load, goOn, train, clock };
  return Object.assign(runPack, { measure: experimentRunner(experiments, bench) });
}

/** Threads that make batches beside one that talks to a GPU: few are enough, since all lanes of a task and seed share them. */
const makersFor = () => Math.max(1, Math.min(3, availableParallelism() - 1));
