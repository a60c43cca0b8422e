import { meanInterval } from '../statistics/mean.ts';
import { MARGIN } from './levels.ts';

/** A tuned arm of some size, as far as a decision rule looks at it. */
export interface SizedArm {
  /** Width, or depth. */
  readonly size: number;
  /** Held-out losses by judging seed; null where that seed diverged. */
  readonly losses: readonly (number | null)[];
  /** `edge`: the losses only bound the tuned loss from above. */
  readonly status: 'interior' | 'edge' | 'diverged';
  /** Whether an arm that could have been had by tuning came clearly lower: then the losses bound the tuned loss likewise. */
  readonly beaten?: boolean;
}

/** Whether an arm is not known to be tuned, so that its loss only bounds the tuned loss from above. */
export const isDoubtful = ({ status, beaten = false }: SizedArm): boolean =>
  status === 'edge' || beaten;

/** The tuned arms of one task, in order of size. */
export interface SizedLosses {
  readonly task: string;
  readonly title: string;
  /** Loss of a prediction that ignores the input: no run counts as worse than that. */
  readonly ceiling: number;
  /** Judging seeds. */
  readonly seeds: number;
  readonly arms: readonly SizedArm[];
  /** Other sweeps over size whose arms are as noisy: the scatter about their trends is pooled. */
  readonly alike: readonly (readonly SizedArm[])[];
}

/** Losses below this are float32 round-off, and count as this. */
const FLOOR = 1e-7;

/** A held-out loss as rules count it: between round-off and the ceiling, which a run that diverged counts as. */
export function countedLoss(loss: number | null, ceiling: number): number {
  return Math.min(Math.max(loss ?? ceiling, FLOOR), ceiling);
}

/**
 * log2 losses `[seed, arm]`, each between the floor and the ceiling: a run that diverged, or an arm of which no
 * setting trained, has learnt nothing, and counts as that rather than being dropped.
 */
export function log2Losses(
  arms: readonly SizedArm[],
  { ceiling, seeds }: Pick<SizedLosses, 'ceiling' | 'seeds'>,
): readonly (readonly number[])[] {
  return Array.from({ length: seeds }, (_, seed) =>
    arms.map(({ losses }) => Math.log2(countedLoss(losses[seed] ?? null, ceiling))),
  );
}

/** Whether an arm came below the ceiling by more than the margin, in the mean of log2 over its judging seeds. */
export function hasLearnt({ losses }: Pick<SizedArm, 'losses'>, ceiling: number): boolean {
  const counted = log2Losses([{ size: 1, losses, status: 'interior' }], {
    ceiling,
    seeds: losses.length,
  });
  const mean = counted.reduce((sum, [loss]) => sum + (loss as number) / losses.length, 0);
  return losses.length > 0 && mean < Math.log2(ceiling) - MARGIN;
}

/** Mean loss over all judging seeds, with Student's interval: one that diverged counts as the ceiling, which caps the others. */
export function judgedLoss({ losses }: Pick<SizedArm, 'losses'>, ceiling: number) {
  if (losses.length < 2 || losses.every((loss) => loss === null)) return null;
  return meanInterval(losses.map((loss) => Math.min(loss ?? ceiling, ceiling)));
}
