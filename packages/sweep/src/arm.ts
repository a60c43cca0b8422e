import type { Setting, Space } from './space.ts';
import { knobValue, settingKnobs } from './space.ts';
import type { Knobs, TrialRecord, TrialSpec } from './trial.ts';

/** What a suite compares after tuning: one task and shape, with the knobs tuned for it. */
export interface Arm extends Omit<TrialSpec, 'knobs' | 'seed' | 'heldOut'> {
  /** Unique in a sweep; names the arm in progress lines and outcomes. */
  readonly name: string;
  /** Knobs that are not tuned. */
  readonly knobs: Knobs;
  /** Knobs that are. */
  readonly space: Space;
}

/** The trial of an arm at a setting, for tuning unless said otherwise. */
export function trialOf(
  arm: Arm,
  setting: Setting,
  seed: number,
  { steps = arm.steps, heldOut = 'validation' }: Partial<Pick<TrialSpec, 'steps' | 'heldOut'>> = {},
): TrialSpec {
  const { task, data, shape, parameterization, schedule, space } = arm;
  const knobs = { ...arm.knobs, ...settingKnobs(space, setting) };
  return { task, data, shape, parameterization, schedule, knobs, seed, steps, heldOut };
}

/** The held-out loss of one seed; null where it diverged or failed. */
export interface SeedLoss {
  readonly seed: number;
  readonly status: TrialRecord['status'];
  readonly divergedAt: number | null;
  readonly loss: number | null;
}

/** One point of the slice along the learning rate, through what was best on all tuning seeds; its best point is the winner. */
export interface SlicePoint {
  readonly setting: Setting;
  /** The value of the sliced knob. */
  readonly value: number;
  /** On tuning seeds and validation examples. The winner's own point is biased low by selection: draw it, never report it. */
  readonly losses: readonly SeedLoss[];
}

/** A full-horizon measurement on the first tuning seed, for maps of the search. Biased by selection. */
export interface ExploredPoint {
  readonly setting: Setting;
  readonly knobs: Knobs;
  readonly loss: number | null;
}

/** Why an optimum is not known to be interior. */
export interface Edge {
  readonly knob: string;
  readonly side: 'low' | 'high';
  /** `limit`: on the hard limit; `unmeasured`: that neighbour was never trained to the full horizon;
   * `slice`: the best point of the slice is its last. */
  readonly reason: 'limit' | 'unmeasured' | 'slice';
}

/** The stages of the protocol, in order. */
export const stages = ['screen', 'halve', 'refine', 'confirm', 'slice', 'judge'] as const;

/** A stage of the protocol. */
export type Stage = (typeof stages)[number];

/** What one arm came to. */
export interface ArmOutcome {
  readonly arm: string;
  /** `failed` wherever a trial could not be run to an end, whatever else is known of the arm. */
  readonly status: 'interior' | 'edge' | 'diverged' | 'failed';
  readonly edges: readonly Edge[];
  /** Null where no setting finished. `knobs` holds fixed and tuned ones. */
  readonly winner: { readonly setting: Setting; readonly knobs: Knobs } | null;
  readonly slice: readonly SlicePoint[];
  /** The winner on seeds and test examples that tuning never saw: the only losses to report. */
  readonly judged: readonly SeedLoss[];
  readonly explored: readonly ExploredPoint[];
  /** Settings among these that were measured because the searches of neighbouring arms had found them good. */
  readonly borrowed: readonly Setting[];
  /** Distinct trials behind this outcome, by how they ended. */
  readonly trials: { readonly total: number; readonly diverged: number; readonly failed: number };
  /** Distinct trials first asked for in each stage. */
  readonly spent: Readonly<Record<Stage, number>>;
  /** Sums over the distinct trials, whether trained now or read from the journal. */
  readonly compute: {
    readonly modelSteps: number;
    readonly flops: number;
    readonly seconds: number;
  };
  /** Why trials failed, each reason once. */
  readonly failures: readonly string[];
}

/**
 * The status that decision rules and verdict files know: an arm on an edge, or with failed trials, is not known to be
 * tuned, so that its loss only bounds the tuned one from above.
 */
export function tunedStatus({
  status,
  winner,
  edges,
}: Pick<ArmOutcome, 'status' | 'winner' | 'edges'>): 'interior' | 'edge' | 'diverged' {
  if (status === 'failed') return 'edge';
  if (winner === null) return 'diverged';
  return edges.length > 0 ? 'edge' : 'interior';
}

/** The held-out loss of a record with the seed it was measured on. */
export function seedLoss(seed: number, { status, divergedAt, loss }: TrialRecord): SeedLoss {
  return { seed, status, divergedAt, loss };
}

/** A point of the slice along knob number `k`. */
export function slicePoint(
  { space }: Arm,
  k: number,
  setting: Setting,
  losses: readonly SeedLoss[],
): SlicePoint {
  return { setting, value: knobValue(space[k]!, setting[k]!), losses };
}
