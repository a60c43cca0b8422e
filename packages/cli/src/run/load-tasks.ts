import {
  available,
  datasetOf,
  ensureAvailable,
  loadTask,
  type Task,
  type TaskLaw,
} from '@hyperlaw/tasks';
import type { SkippedTask } from '../suite.ts';

/** Seconds to wait for an answer from an address that data are published at. */
const CONNECT_SECONDS = 3;
const IDLE_SECONDS = 5;

interface LoadTasksOptions {
  /** The data folder. */
  readonly data: string;
  /** Nothing is downloaded. */
  readonly offline: boolean;
  readonly say: (line: string) => void;
  /** What is known of a task without its data, if anything: it is then not looked for. */
  readonly known?: (law: TaskLaw) => KnownTask | null;
}

/** A task without its data. */
export type KnownTask = Omit<Task, 'stream'>;

/** The tasks that are there, and those that are not. */
export interface LoadedTasks {
  readonly tasks: readonly Task[];
  readonly skipped: readonly SkippedTask[];
}

/**
 * Loads the tasks of laws, in order. Data that is missing is looked for on the network unless `offline`; what cannot
 * be had is skipped, with one line to `say` a dataset, at once. Throws where a law is wrong or data is damaged.
 */
export async function loadTasks(
  laws: readonly TaskLaw[],
  { data, offline, say, known = () => null }: LoadTasksOptions,
): Promise<LoadedTasks> {
  const wanted = new Map<string, Promise<string | null>>();
  for (const law of laws) {
    if (known(law)) continue;
    const source = datasetOf(law) ?? law.kind;
    if (!wanted.has(source)) wanted.set(source, whyMissing(law, { data, offline, say }));
  }
  const reasons = new Map<string, string>();
  for (const [name, promise] of wanted) {
    const reason = await promise;
    if (reason === null) continue;
    reasons.set(name, reason);
    say(`going on without ${reason}`);
  }
  const tasks = laws
    .filter((law) => known(law) || !reasons.has(datasetOf(law) ?? law.kind))
    .map(async (law) => withoutData({ ...(known(law) ?? (await loadTask(law, { data }))), law }));
  return {
    tasks: await Promise.all(tasks),
    skipped: [...reasons].map(([name, reason]) => ({ name, reason })),
  };
}

/** What stays of a task where its data does not. */
export const knownTask = ({ stream: _, ...known }: KnownTask & Partial<Task>): KnownTask => known;

/** What a plan, a verdict and a page want of a task; only workers read its data, and they load it themselves. */
function withoutData(task: KnownTask): Task {
  return {
    ...knownTask(task),
    stream: () => {
      throw new Error(`task ${task.name} is without its data here (workers have it)`);
    },
  };
}

async function whyMissing(
  law: TaskLaw,
  { data, offline, say }: LoadTasksOptions,
): Promise<string | null> {
  const there = offline
    ? available(law, { data })
    : await ensureAvailable(law, {
        data,
        connectSeconds: CONNECT_SECONDS,
        idleSeconds: IDLE_SECONDS,
        onProgress: firstOfEach(({ name, bytes }) =>
          say(`downloading ${name} (${(bytes / 1e6).toFixed(1)} MB)`),
        ),
      });
  return there.available ? null : there.reason;
}

function firstOfEach<Event extends { readonly name: string }>(tell: (event: Event) => void) {
  const seen = new Set<string>();
  return (event: Event) => {
    if (seen.has(event.name)) return;
    seen.add(event.name);
    tell(event);
  };
}
