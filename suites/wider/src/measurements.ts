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
  /** Loss of the best prediction that ignores the input: no run counts as worse than that. */
  readonly ceiling: number;
  readonly mup: readonly TunedWidth[];
  /** Empty where only μP was measured. */
  readonly sp: readonly TunedWidth[];
}

/** The status that the rule and the verdict file know; an arm with failed trials is not known to be tuned. */
export function statusOf({ status, winner, edges }: ArmOutcome): TunedWidth['status'] {
  if (winner === null) return 'diverged';
  return status === 'failed' || edges.length > 0 ? 'edge' : 'interior';
}

/** Loss of a constant prediction: variance 1 and the noise, or a guess among the classes. */
export function ceilingOf({ law, output }: Task): number {
  if (output.kind === 'classes') return Math.log(output.count);
  return 1 + ('noise' in law ? law.noise ** 2 : 0);
}

/**
 * log2 losses `[seed, width]`, each at most the ceiling's: a run that diverged has learnt nothing, and counts as
 * that rather than being dropped.
 */
export function log2Losses(
  widths: readonly TunedWidth[],
  ceiling: number,
): readonly (readonly number[])[] {
  const seeds = Math.max(0, ...widths.map(({ losses }) => losses.length));
  return Array.from({ length: seeds }, (_, seed) =>
    widths.map(({ losses }) => Math.log2(Math.min(losses[seed] ?? ceiling, ceiling))),
  );
}

/** Mean loss over the judging seeds that finished, with Student's interval. */
export function judgedLoss({ losses }: Pick<TunedWidth, 'losses'>) {
  const finished = losses.filter((loss) => loss !== null);
  if (finished.length < 2) return null;
  return meanInterval(finished);
}
