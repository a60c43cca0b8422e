import type { Laboratory } from '@hyperlaw/cli';
import type { LaneResult, OptimizerKind, ParameterizationName } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { lossPeak } from '../../loss-peak.ts';

/** Nets of one width and parameterization, trained at every rate with every seed. */
export interface RateSweepInput {
  readonly task: TaskLaw;
  readonly optimizer: OptimizerKind & ('sgd' | 'adam');
  readonly parameterization: ParameterizationName;
  readonly width: number;
  readonly baseWidth: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly steps: number;
}

export interface RateSweep {
  /** Held-out losses `[rate, seed]`; null where the run diverged. */
  readonly losses: readonly (readonly (number | null)[])[];
  /** Largest training losses over the first, `[rate, seed]`; null where the run diverged. */
  readonly peaks: readonly (readonly (number | null)[])[];
}

export const BATCH = 32;

/** Lanes that a program of this width pays for. */
const lanesAt = (width: number): number => Math.max(1, Math.min(16, Math.floor(2048 / width)));

async function rateSweep(
  { task, optimizer, parameterization, width, baseWidth, rates, seeds, steps }: RateSweepInput,
  { train }: Laboratory,
): Promise<RateSweep> {
  const lanes = seeds.flatMap((seed) =>
    rates.map((learningRate) => ({
      task,
      parameterization: { name: parameterization, baseWidth },
      schedule: { kind: 'constant' as const },
      knobs: { learningRate, initScale: Math.SQRT2 },
      seed,
    })),
  );
  const all: LaneResult[] = [];
  for (let at = 0; at < lanes.length; at += lanesAt(width)) {
    const results = await train({
      shape: {
        model: { kind: 'mlp', width, depth: 2, activation: 'relu', bias: false, centred: false },
        optimizer: { kind: optimizer },
        batch: BATCH,
      },
      steps,
      heldOut: 'validation',
      lanes: lanes.slice(at, at + lanesAt(width)),
    });
    all.push(...results);
  }
  const table = (value: (run: LaneResult) => number | null) =>
    rates.map((_, r) => seeds.map((_, s) => value(all[s * rates.length + r] as LaneResult)));
  return { losses: table(({ loss }) => loss), peaks: table(lossPeak) };
}

export const measureRateSweep = { rateSweep };
