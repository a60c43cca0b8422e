import type { Laboratory } from '@hyperlaw/cli';
import type { LaneResult } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { lossPeak } from '../../loss-peak.ts';
import { laneOf, shapeOf } from './net.ts';

/** Nets of one richness, trained at every rate with every seed. */
export interface RichnessSweepInput {
  readonly task: TaskLaw;
  readonly layers: number;
  readonly width: number;
  readonly richness: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly steps: number;
}

export interface RichnessSweep {
  /** Held-out losses `[rate, seed]`; null where the run diverged. */
  readonly losses: readonly (readonly (number | null)[])[];
  /** Largest training losses over the first, `[rate, seed]`; null where the run diverged. */
  readonly peaks: readonly (readonly (number | null)[])[];
}

/** Lanes of one program. */
const LANES = 24;

async function richnessSweep(
  { task, richness, rates, seeds, steps, ...net }: RichnessSweepInput,
  { train }: Laboratory,
): Promise<RichnessSweep> {
  const lanes = seeds.flatMap((seed) =>
    rates.map((learningRate) => ({ task, ...laneOf({ richness, learningRate, seed }) })),
  );
  const all: LaneResult[] = [];
  for (let at = 0; at < lanes.length; at += LANES) {
    const some = lanes.slice(at, at + LANES);
    all.push(...(await train({ shape: shapeOf(net), steps, heldOut: 'validation', lanes: some })));
  }
  const table = (value: (run: LaneResult) => number | null) =>
    rates.map((_, r) => seeds.map((_, s) => value(all[s * rates.length + r] as LaneResult)));
  return { losses: table(({ loss }) => loss), peaks: table(lossPeak) };
}

export const measureRichnessSweep = { richnessSweep };
