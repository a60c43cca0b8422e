import type { Knobs } from './knobs.ts';

/** Forms of a schedule, whose formulas are at `scheduleFactor`; `stopped` trains for a share of the run alone. */
export type ScheduleKind =
  | 'constant'
  | 'warmup'
  | 'cosine'
  | 'linear'
  | 'step'
  | 'inverse-square-root'
  | 'warmup-stable-decay'
  | 'stopped';

/**
 * A learning-rate schedule's form; its numbers are knobs, different by lane. Warmup belongs to every form: with the
 * knob `warmup` (a share of the horizon) the factor first climbs linearly to 1, and the form takes the rest.
 */
export interface ScheduleLaw {
  readonly kind: ScheduleKind;
}

const knobsByKind: Readonly<Record<ScheduleKind, readonly string[]>> = {
  constant: [],
  warmup: [],
  cosine: ['floor'],
  linear: ['floor'],
  step: ['drops', 'dropFactor'],
  'inverse-square-root': ['timescale'],
  'warmup-stable-decay': ['cooldown', 'floor'],
  stopped: ['duration'],
};

/** Kinds of schedule by name. */
export const scheduleKinds = Object.keys(knobsByKind) as readonly ScheduleKind[];

/** Names of the knobs that a schedule reads. Throws on an unknown kind. */
export function scheduleKnobs({ kind }: ScheduleLaw): readonly string[] {
  const names = knobsByKind[kind];
  if (names === undefined) {
    throw new Error(`unknown schedule: ${kind} (${scheduleKinds.join(', ')})`);
  }
  return ['warmup', ...names];
}

/**
 * The factor on the learning rate at step `t` (from 0) of a run of `T` steps, in float64.
 *
 * With `u ∈ [0, 1)` the share of the steps after warmup that is done, and `s` their number:
 * - `constant`, `warmup`: 1; they differ in the default of the knob `warmup`, 0 and 0.1
 * - `cosine`: `floor + (1 − floor) (1 + cos πu)/2` (1608.03983)
 * - `linear`: `1 − (1 − floor) u`
 * - `step`: `dropFactor^k` where `k = ⌊u (drops + 1)⌋`: `drops` drops, evenly spaced
 * - `inverse-square-root`: `1/√(1 + s/timescale)`, `timescale` in steps; knows nothing of the horizon
 * - `warmup-stable-decay`: 1, then linearly to `floor` over the last share `cooldown` of all steps (2404.06395)
 * - `stopped`: 1 for the first share `duration` of all steps (one step at least), then 0, in warmup too: early
 *   stopping, with training time as a knob
 */
export function scheduleFactor({ kind }: ScheduleLaw, t: number, T: number, knobs: Knobs): number {
  const {
    warmup = 0,
    floor = 0,
    drops = 2,
    dropFactor = 0.1,
    timescale = 100,
    cooldown = 0.2,
    duration = 1,
  } = knobs;
  const warm = Math.round(warmup * T);
  if (kind === 'stopped' && t >= Math.max(1, Math.round(duration * T))) return 0;
  if (t < warm) return (t + 1) / warm;
  const since = t - warm;
  const u = since / Math.max(1, T - warm);
  switch (kind) {
    case 'constant':
    case 'warmup':
    case 'stopped':
      return 1;
    case 'cosine':
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * u))) / 2;
    case 'linear':
      return 1 - (1 - floor) * u;
    case 'step':
      return dropFactor ** Math.floor((since * (drops + 1)) / Math.max(1, T - warm));
    case 'inverse-square-root':
      return 1 / Math.sqrt(1 + since / timescale);
    case 'warmup-stable-decay': {
      const decaying = cooldown * T;
      return decaying > 0 ? 1 - (1 - floor) * Math.max(0, 1 - (T - t) / decaying) : 1;
    }
  }
}
