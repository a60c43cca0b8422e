import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { lawKey } from '@hyperlaw/tasks';
import type { TaskLane } from './lane-plan.ts';
import { taskSignature } from './task-signature.ts';

/** Who reads what in a pack. */
export interface LaneReaders {
  /** Each task and seed among the lanes once; a task's are of the same `Task`. */
  readonly readers: readonly { readonly task: Task; readonly seed: number }[];
  /** The reader whose batches each lane trains on. */
  readonly owners: readonly number[];
  /** Any of the tasks: a program does not tell them apart. */
  readonly task: Task;
}

/** Loads the tasks of a pack's lanes, each once. Throws where they are of several signatures, and as loading does. */
export async function laneReaders(
  lanes: readonly TaskLane[],
  loadTask: (law: TaskLaw) => Promise<Task>,
): Promise<LaneReaders> {
  const laws = new Map(lanes.map(({ task }) => [lawKey(task), task]));
  const loading = [...laws].map(async ([key, law]) => [key, await loadTask(law)] as const);
  const tasks = new Map(await Promise.all(loading));
  const readers: { task: Task; seed: number }[] = [];
  const places = new Map<string, number>();
  const owners = lanes.map(({ task: law, seed }) => {
    const key = lawKey(law);
    const name = `${seed} ${key}`;
    const place = places.get(name);
    if (place !== undefined) return place;
    places.set(name, readers.length);
    return readers.push({ task: tasks.get(key) as Task, seed }) - 1;
  });
  return { readers, owners, task: ofOneSignature([...tasks.values()]) };
}

function ofOneSignature(tasks: readonly Task[]): Task {
  const [first, ...others] = tasks;
  if (first === undefined) throw new Error('unknown number of lanes: 0 (a positive integer)');
  const signature = (task: Task) => JSON.stringify(taskSignature(task));
  const unlike = others.find((task) => signature(task) !== signature(first));
  if (unlike) {
    throw new Error(`unknown task beside ${first.name}: ${unlike.name} (of the same signature)`);
  }
  return first;
}
