import type { Setting } from './space.ts';
import { compareSettings } from './space.ts';
import type { TrialRecord } from './trial.ts';

/** A setting and what training it on one seed gave. */
export interface Scored {
  readonly setting: Setting;
  readonly record: TrialRecord;
}

/** Whether a trial ended with a loss. */
export function isFinished({ record }: Scored): boolean {
  return record.status === 'finished';
}

/**
 * Best first: finished ones by loss, then the others by the coordinate of knob number `rate`, lowest first,
 * since that is where training would begin to work. Ties by lattice order.
 */
export function rank(scored: Iterable<Scored>, rate: number): readonly Scored[] {
  const worth = (one: Scored) => (isFinished(one) ? 0 : one.record.status === 'diverged' ? 1 : 2);
  return [...scored].sort(
    (a, b) =>
      worth(a) - worth(b) ||
      (isFinished(a) ? a.record.loss! - b.record.loss! : a.setting[rate]! - b.setting[rate]!) ||
      compareSettings(a.setting, b.setting),
  );
}
