import type { Task } from '@hyperlaw/tasks';

/**
 * What of a task a program is made for, as JSON: trials of tasks of one form train together, each lane on its own task.
 * Synthetic tasks share one where streams of vectors are of equal kinds and sizes. Texts and data from files have their
 * own, since they lie on the device whole.
 */
export function taskForm(task: Task): object {
  const { law, data, inputDim, output, heldOutPredictions = null } = task;
  const kinds = (['train', 'validation', 'test'] as const).map(
    (split) => task.stream(0, split).kind,
  );
  const joins = data.length === 0 && kinds.every((kind) => kind === 'dense' || kind === 'table');
  return joins ? { kinds, inputDim, output, heldOutPredictions } : law;
}
