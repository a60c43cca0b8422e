import { planSize } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import type { SuitePlan } from '../suite.ts';
import { count } from './count.ts';

/** What a run is about to do, in a few lines. Throws where an arm cannot be tuned. */
export function planLines(
  { arms, protocol }: SuitePlan,
  { tasks, known }: { readonly tasks: readonly Task[]; readonly known: number },
): readonly string[] {
  const { trials, modelSteps } = planSize(arms, protocol);
  return [
    `tasks: ${tasks.map(({ name }) => name).join(', ')}`,
    `plan: ${count(trials, 'trial')}, ${count(modelSteps, 'model-step')} at most`,
    ...(known > 0 ? [`journal: ${count(known, 'trial')} measured before`] : []),
  ];
}
