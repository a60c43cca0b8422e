import type { Task } from '@hyperlaw/tasks';

/**
 * What of a task a program is made for, as JSON: trials of tasks of one form train together, each lane on its own task.
 * Synthetic tasks share one where their examples are vectors that come in the same way and sizes. Texts and data from files
 * have their own, since they lie on the device whole.
 */
export function taskForm(task: Task): object {
  const { law, kinds, data, inputDim, output } = task;
  const heldOutPredictions = task.heldOutPredictions ?? null;
  const vectors = Object.values(kinds).every((kind) => kind === 'dense' || kind === 'table');
  return vectors && data.length === 0 ? { kinds, inputDim, output, heldOutPredictions } : law;
}
