import type { Laboratory } from '@hyperlaw/cli';
import type { DepthRule } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { exponents, laneOf, shapeOf } from './nets.ts';

/** Nets of one depth and rule, trained with Adam at every rate with every seed. */
export interface DepthSweepInput {
  readonly task: TaskLaw;
  readonly rule: DepthRule;
  readonly width: number;
  readonly depth: number;
  /** The depth at which rates are what they are called; multipliers are L^{−α} themselves. */
  readonly baseDepth: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly batch: number;
  readonly steps: number;
}

export interface DepthSweep {
  /** Held-out losses `[rate, seed]`; null where the run diverged. */
  readonly losses: readonly (readonly (number | null)[])[];
}

export async function depthSweep(
  { task, rule, width, depth, baseDepth, rates, seeds, batch, steps }: DepthSweepInput,
  { device, train }: Pick<Laboratory, 'device' | 'train'>,
): Promise<DepthSweep> {
  const branchMultiplier = baseDepth ** -exponents[rule];
  const losses: (number | null)[][] = [];
  // On a processor all rates together take no less time than each alone, and several times the memory.
  const parts = device.hardware === 'gpu' ? [rates] : rates.map((rate) => [rate]);
  for (const part of parts) {
    const results = await train({
      shape: shapeOf({ width, depth, optimizer: 'adam', batch, normed: true }),
      steps,
      heldOut: 'validation',
      lanes: part.flatMap((learningRate) =>
        seeds.map((seed) => ({
          task,
          ...laneOf({ rule, baseDepth, branchMultiplier, learningRate, seed }),
        })),
      ),
    });
    losses.push(
      ...part.map((_, r) => seeds.map((_, s) => results[r * seeds.length + s]?.loss ?? null)),
    );
  }
  return { losses };
}
