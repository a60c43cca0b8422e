import { flopsPerStep, largestTensorBytes, workingSetBytes } from '@hyperlaw/core';
import type { Device } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import { type Case, shapeOf } from '../bench/models.ts';
import type { Floors } from './floors.ts';
import { MOST_STEPS, startTraining } from './training.ts';

/** How fast one case runs with a number of lanes. */
export interface CaseRate {
  readonly modelStepsPerSecond: number;
  /** Of matrix products. */
  readonly flopsPerSecond: number;
  /** Of every tensor that a step must touch, counted once. */
  readonly bytesPerSecond: number;
  /** The least time that operations or bytes need at the device's best rates, over the time taken. */
  readonly shareOfFloor: number;
}

/** Seconds of one step beyond which a case is not worth its while. */
const LONGEST_STEP = 1;

/** WebGPU's usual limit of one tensor. */
const MOST_TENSOR_BYTES = 2 ** 31 - 4;

/** Why a case is left out, or null. */
export function reasonToSkip(
  law: Case,
  {
    lanes,
    task,
    floors,
    memoryBytes,
  }: {
    readonly lanes: number;
    readonly task: Task;
    readonly floors: Floors;
    readonly memoryBytes: number;
  },
): string | null {
  const shape = shapeOf(law);
  if (lanes * largestTensorBytes(shape, task) > MOST_TENSOR_BYTES) return 'a tensor beyond 2 GiB';
  // The host draws the initial weights, so that they pass through its memory.
  if (lanes * workingSetBytes(shape, task) > memoryBytes / 4) return 'beyond a quarter of memory';
  const seconds = (lanes * flopsPerStep(shape, task)) / floors.flopsPerSecond;
  return seconds > LONGEST_STEP ? `${seconds.toFixed(0)} s a step at best` : null;
}

/** Measures a case for some seconds, after a first call that compiles its kernels. */
export async function measureCase(
  device: Device,
  law: Case,
  {
    lanes,
    task,
    floors,
    seconds,
    now,
  }: {
    readonly lanes: number;
    readonly task: Task;
    readonly floors: Floors;
    readonly seconds: number;
    readonly now: () => number;
  },
): Promise<CaseRate> {
  const shape = shapeOf(law);
  const training = await startTraining(device, law, { task, lanes });
  const timed = async (steps: number) => {
    const start = now();
    await training.advance(steps);
    return now() - start;
  };
  try {
    await timed(1);
    const once = await timed(2);
    const steps = Math.max(1, Math.min(MOST_STEPS, Math.round((seconds / 4 / once) * 2)));
    let made = 0;
    let took = 0;
    while (took < seconds) {
      took += await timed(steps);
      made += steps;
    }
    const rate = (made * lanes) / took;
    const flops = flopsPerStep(shape, task);
    const bytes = workingSetBytes(shape, task);
    const least = Math.max(flops / floors.flopsPerSecond, bytes / floors.bytesPerSecond);
    return {
      modelStepsPerSecond: rate,
      flopsPerSecond: rate * flops,
      bytesPerSecond: rate * bytes,
      shareOfFloor: rate * least,
    };
  } finally {
    await training.dispose();
  }
}
