import type { Task, TaskLaw } from '@hyperlaw/tasks';

/** Tasks that a worker keeps: more than the lanes of a program, or the arms under way, are of. */
const MOST_TASKS = 64;

/**
 * Loads a task once for the packs and experiments that follow each other, and forgets the least recently used; what
 * failed may work another time.
 */
export function rememberTasks(
  load: (law: TaskLaw) => Promise<Task>,
): (law: TaskLaw) => Promise<Task> {
  const tasks = new Map<string, Promise<Task>>();
  return (law) => {
    const key = JSON.stringify(law);
    const loading = tasks.get(key) ?? load(law);
    tasks.delete(key);
    tasks.set(key, loading);
    const [oldest] = tasks.keys();
    if (tasks.size > MOST_TASKS && oldest !== undefined) tasks.delete(oldest);
    loading.catch(() => tasks.delete(key));
    return loading;
  };
}
