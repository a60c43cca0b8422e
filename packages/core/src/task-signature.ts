import type { Task } from '@hyperlaw/tasks';

/**
 * What a program sees of a task, as plain JSON: trials of tasks of one signature train together, each lane on its own task.
 * Synthetic tasks share one where their examples are vectors that come in the same way and sizes. Texts, data from files
 * and tasks of tokens have their own, since something of each lies on the device whole.
 */
export function taskSignature(task: Task): object {
  const { law, kinds, data, inputDim, output } = task;
  const heldOutPredictions = task.heldOutPredictions ?? null;
  const vectors = Object.values(kinds).every((kind) => kind === 'dense' || kind === 'table');
  return vectors && data.length === 0 ? { kinds, inputDim, output, heldOutPredictions } : law;
}
