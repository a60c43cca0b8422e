import type { Task, TaskLaw } from '@hyperlaw/tasks';

/** Tasks whose data a worker keeps: those of the arms that are under way. */
const MOST_TASKS = 8;

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
