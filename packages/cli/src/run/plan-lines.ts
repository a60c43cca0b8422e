import { planSize } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import type { SuitePlan } from '../suite.ts';

/** What a run is about to do, in a few lines. Throws where an arm cannot be tuned. */
export function planLines(
  { arms, protocol }: SuitePlan,
  { tasks, known }: { readonly tasks: readonly Task[]; readonly known: number },
): readonly string[] {
  const { trials, modelSteps } = planSize(arms, protocol);
  const count = (value: number) => value.toLocaleString('en-US');
  return [
    `tasks: ${tasks.map(({ name }) => name).join(', ')}`,
    `plan: ${count(trials)} trials, ${count(modelSteps)} model-steps at most`,
    ...(known > 0 ? [`journal: ${count(known)} trials measured before`] : []),
  ];
}
