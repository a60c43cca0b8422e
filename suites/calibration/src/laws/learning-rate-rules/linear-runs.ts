import type { Laboratory } from '@hyperlaw/cli';
import { batchesOf, trainLanes } from '@hyperlaw/core';
import { mean } from '@hyperlaw/theory';
import { excessLosses, linearLanes, linearLaw } from './linear.ts';

/** Runs on linear regression, in groups whose mean loss is kept. */
export interface LinearRunsInput {
  readonly optimizer: 'sgd' | 'adam';
  readonly betas?: { readonly beta1: number; readonly beta2: number };
  readonly batch: number;
  /** At the first step. */
  readonly rates: readonly number[];
  /** What all rates are multiplied by from one step to the next: above 1 it is a range test's ramp. */
  readonly growth: number;
  readonly groups: number;
  readonly perGroup: number;
  readonly steps: number;
  /** Numbers of steps after which the loss is kept. */
  readonly stops: readonly number[];
  readonly seed: number;
}

export interface LinearRuns {
  /** Mean excess loss, `[rate, group, stop]`; null where it was not finite. */
  readonly losses: readonly (readonly (readonly (number | null)[])[])[];
}

async function linearRuns(
  { optimizer, betas, batch, rates, growth, groups, perGroup, steps, stops, seed }: LinearRunsInput,
  laboratory: Laboratory,
): Promise<LinearRuns> {
  const task = await laboratory.loadTask(linearLaw);
  const runs = groups * perGroup;
  const lanes = rates.flatMap((learningRate) =>
    Array.from({ length: runs }, (_, run) => ({
      ...{ learningRate, seed: seed + run },
      ...(betas && { betas }),
    })),
  );
  const streams = Array.from({ length: runs }, (_, run) => task.stream(seed + run, 'train'));
  const losses = rates.map(() => Array.from({ length: groups }, (): (number | null)[] => []));
  await trainLanes(laboratory, {
    ...linearLanes(optimizer, batch, lanes),
    batches: batchesOf(task, streams, batch),
    owners: lanes.map((_, lane) => lane % runs),
    rateFactor: (step) => growth ** step,
    ...{ steps, stops },
    visit: (_, state) => {
      const all = excessLosses(state as never);
      losses.forEach((ofRate, r) => {
        ofRate.forEach((row, g) => {
          const own = all.slice(r * runs + g * perGroup, r * runs + (g + 1) * perGroup);
          const loss = mean(own);
          row.push(Number.isFinite(loss) ? Number(loss.toPrecision(7)) : null);
        });
      });
    },
  });
  return { losses };
}

export const measureLinearRuns = { linearRuns };
