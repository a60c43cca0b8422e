import type { Task, TaskLaw } from '@hyperlaw/tasks';

/**
 * A task is forgotten once so many others were asked for since: one with data from files, which is large, after those of
 * the arms that are under way; a synthetic one after more than the lanes of a program are of.
 */
const OTHERS_SINCE = { files: 8, synthetic: 64 };

/** Loads a task once for the packs and experiments that follow each other; what failed may work another time. */
export function rememberTasks(
  load: (law: TaskLaw) => Promise<Task>,
): (law: TaskLaw) => Promise<Task> {
  const tasks = new Map<string, Promise<Task>>();
  const large = new Set<string>();
  return (law) => {
    const key = JSON.stringify(law);
    const known = tasks.get(key);
    const loading = known ?? load(law);
    tasks.delete(key);
    tasks.set(key, loading);
    [...tasks.keys()].reverse().forEach((other, since) => {
      const most = large.has(other) ? OTHERS_SINCE.files : OTHERS_SINCE.synthetic;
      if (since >= most) tasks.delete(other);
    });
    if (known === undefined) {
      loading.then(
        ({ data }) => data.length > 0 && large.add(key),
        () => tasks.delete(key),
      );
    }
    return loading;
  };
}
