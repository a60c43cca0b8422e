import { expect } from 'vitest';
import type { Lane } from '../lane-plan.ts';
import type { Output, Shape } from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { trainingStep } from '../training-step.ts';
import { plansOf, trainEagerly } from './train-eagerly.ts';
import { trainOnDevice } from './train-on-device.ts';

/**
 * Expects lanes to train on the device as in eager tfjs, to float32 round-off, and each bit by bit as if it were alone.
 */
export function expectSameRuns(
  shape: Shape,
  options: RunOptions & { readonly inputDim: number },
): Promise<void> {
  const { inputDim } = options;
  return compare(shape, { ...options, inputDim, output: { kind: 'regression', dim: 1 } });
}

/** The same for a model that reads tokens. */
export function expectSameTokenRuns(
  shape: Shape,
  options: RunOptions & { readonly vocabulary: number },
): Promise<void> {
  const output = { kind: 'classes', count: options.vocabulary } as const;
  return compare(shape, { ...options, inputDim: 1, output });
}

interface RunOptions {
  readonly lanes: readonly Lane[];
  readonly batch: (step: number) => Batch;
  readonly steps?: number;
}

async function compare(
  shape: Shape,
  options: RunOptions & { readonly inputDim: number; readonly output: Output },
): Promise<void> {
  const { lanes, inputDim, output, batch, steps = 8 } = options;
  const stepOf = (count: number) => trainingStep(shape, { inputDim, output, lanes: count });
  const step = stepOf(lanes.length);
  const device = await trainOnDevice(step, plansOf(step, lanes), { steps, batch });
  const eager = trainEagerly(step, plansOf(step, lanes), { steps, batch });
  device.curve.forEach((losses, t) => {
    for (const [lane, loss] of losses.entries()) {
      const expected = eager.curve[t]?.[lane] ?? Number.NaN;
      // Round-off of sums in another order, carried through the steps.
      expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-4);
    }
  });
  const moved = Math.abs((device.curve.at(-1)?.[0] ?? 0) / (device.curve[0]?.[0] ?? 0) - 1);
  // Batches differ, and so do losses; a net that does not train would make equality cheap all the same.
  expect(moved).toBeGreaterThan(1e-3);
  const single = stepOf(1);
  for (const [i, lane] of lanes.entries()) {
    const alone = await trainOnDevice(single, plansOf(single, [lane]), { steps, batch });
    expect(alone.curve.map(([loss]) => loss)).toEqual(device.curve.map((losses) => losses[i]));
  }
}
