import type { Arm, ArmOutcome, SeedLoss } from './arm.ts';
import type { Setting } from './space.ts';
import { knobValue, settingKnobs } from './space.ts';

/** What an arm is made to come to. */
export interface MadeUpOutcome {
  readonly setting: Setting;
  /** Loss on a seed, `off` steps of the first knob away from the setting. */
  readonly lossOf: (seed: number, off: number) => number;
  /** How many seeds, from 0, tuning and judging see. */
  readonly tuningSeeds: number;
  readonly judgeSeeds: number;
}

/**
 * An outcome as tuning would give it, from losses that are made up: interior, with a slice of two steps to either side
 * along the first knob. For tests of what is made of outcomes.
 */
export function madeUpOutcome(
  arm: Arm,
  { setting, lossOf, tuningSeeds, judgeSeeds }: MadeUpOutcome,
): ArmOutcome {
  const measured = (seeds: number, off: number): readonly SeedLoss[] =>
    Array.from({ length: seeds }, (_, seed) => ({
      seed,
      status: 'finished',
      divergedAt: null,
      loss: lossOf(seed, off),
    }));
  return {
    arm: arm.name,
    status: 'interior',
    edges: [],
    winner: { setting, knobs: { ...arm.knobs, ...settingKnobs(arm.space, setting) } },
    slice: [-2, -1, 0, 1, 2].map((off) => {
      const at = setting.map((step, k) => (k === 0 ? step + off : step));
      return {
        setting: at,
        value: knobValue(arm.space[0]!, at[0]!),
        losses: measured(tuningSeeds, off),
      };
    }),
    judged: measured(judgeSeeds, 0),
    explored: [],
    borrowed: [],
    trials: { total: 40, diverged: 1, failed: 0 },
    spent: { screen: 9, halve: 3, refine: 11, confirm: 4, slice: 7, judge: 6 },
    compute: { modelSteps: 1, flops: 1, seconds: 1 },
    failures: [],
  };
}
