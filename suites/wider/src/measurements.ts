import { meanInterval } from '@hyperlaw/report';
import type { ArmOutcome } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';

/** A tuned width of one task, as far as the decision rule looks at it. */
export interface TunedWidth {
  readonly width: number;
  /** Held-out losses by judging seed; null where that seed diverged. */
  readonly losses: readonly (number | null)[];
  /** `edge`: the losses only bound the tuned loss from above. */
  readonly status: 'interior' | 'edge' | 'diverged';
}

/** The tuned widths of one task, in order of width. */
export interface TaskMeasurements {
  readonly task: string;
  readonly title: string;
  /** Loss of a prediction that ignores the input: no run counts as worse than that. */
  readonly ceiling: number;
  /** Judging seeds. */
  readonly seeds: number;
  readonly mup: readonly TunedWidth[];
  /** Empty where only μP was measured. */
  readonly sp: readonly TunedWidth[];
}

/** The status that the rule and the verdict file know; an arm with failed trials is not known to be tuned. */
export function statusOf({ status, winner, edges }: ArmOutcome): TunedWidth['status'] {
  if (winner === null) return 'diverged';
  return status === 'failed' || edges.length > 0 ? 'edge' : 'interior';
}

/** Loss of a constant prediction: variance 1 and the noise, or a uniform guess among the classes. */
export function ceilingOf({ law, output }: Task): number {
  if (output.kind === 'classes') return Math.log(output.count);
  return 1 + ('noise' in law ? law.noise ** 2 : 0);
}

/** Losses below this are float32 round-off, and count as this. */
const FLOOR = 1e-7;

/**
 * log2 losses `[seed, width]`, each between the floor and the ceiling: a run that diverged, or a width of which no
 * setting trained, has learnt nothing, and counts as that rather than being dropped.
 */
export function log2Losses(
  widths: readonly TunedWidth[],
  { ceiling, seeds }: Pick<TaskMeasurements, 'ceiling' | 'seeds'>,
): readonly (readonly number[])[] {
  const counted = (loss: number | null | undefined) =>
    Math.log2(Math.min(Math.max(loss ?? ceiling, FLOOR), ceiling));
  return Array.from({ length: seeds }, (_, seed) =>
    widths.map(({ losses }) => counted(losses[seed])),
  );
}

/** Mean loss over all judging seeds, those that diverged counting as the ceiling, with Student's interval. */
export function judgedLoss({ losses }: Pick<TunedWidth, 'losses'>, ceiling: number) {
  if (losses.length < 2 || losses.every((loss) => loss === null)) return null;
  return meanInterval(losses.map((loss) => loss ?? ceiling));
}
