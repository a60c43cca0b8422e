import { hasLearnt } from '@hyperlaw/report';
import type { ArmOutcome } from '@hyperlaw/sweep';
import { constantLoss, type Task } from '@hyperlaw/tasks';

/** Whether a tuned net did better than a constant: where nothing is learnt the best of a knob is noise. */
export function learntAnything({
  task,
  outcome,
}: {
  readonly task: Task;
  readonly outcome: Pick<ArmOutcome, 'judged'>;
}): boolean {
  return hasLearnt({ losses: outcome.judged.map(({ loss }) => loss) }, constantLoss(task));
}
