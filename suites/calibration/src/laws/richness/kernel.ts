import type { Laboratory } from '@hyperlaw/cli';
import { batchesOf } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { kernelMatrices, kernelStableRate } from '@hyperlaw/theory';
import { BATCH, WEIGHT_VARIANCE } from './net.ts';

export interface RichnessKernelInput {
  readonly task: TaskLaw;
  readonly layers: number;
}

/** Theory's number for the task's examples, in float64: nothing is trained. */
export interface RichnessKernel {
  /** Edge of stability over γ² while the infinitely wide net's tangent kernel stays: σ_w² N/λ_max(Θ). */
  readonly lazyEdge: number;
}

async function richnessKernel(
  { layers, task: law }: RichnessKernelInput,
  { loadTask }: Laboratory,
): Promise<RichnessKernel> {
  const task = await loadTask(law);
  const { x } = batchesOf(task, [task.stream(0, 'train')], BATCH).feed(0, 1);
  const size = task.inputDim;
  const inputs = Array.from({ length: BATCH }, (_, i) =>
    (x as Float32Array).subarray(i * size, (i + 1) * size),
  );
  const net = {
    layers,
    activation: 'relu',
    weightVariance: WEIGHT_VARIANCE,
    biasVariance: 0,
  } as const;
  return { lazyEdge: WEIGHT_VARIANCE * kernelStableRate(kernelMatrices(net, inputs).ntk) };
}

export const measureRichnessKernel = { richnessKernel };
