import { byteTask } from './byte-task.ts';
import { shown } from './check.ts';
import { sha256 } from './data-file.ts';
import { factsTask } from './facts.ts';
import { finiteTask, heldOutLaw } from './finite.ts';
import { gaussianMixtureTask } from './gaussian-mixture.ts';
import { hierarchyTask } from './hierarchy.ts';
import { imageTask } from './image-task.ts';
import { multiIndexTask } from './multi-index.ts';
import { noisyLinearTask } from './noisy-linear.ts';
import { parityTask } from './parity.ts';
import { powerLawTask } from './power-law.ts';
import type { Task } from './task.ts';
import type { TaskLaw } from './task-law.ts';
import { teacherTask } from './teacher.ts';

/** Every kind of task there is. */
export const taskKinds = [
  'teacher',
  'multi-index',
  'parity',
  'power-law',
  'gaussian-mixture',
  'noisy-linear',
  'hierarchy',
  'facts',
  'typescript-bytes',
  'tiny-shakespeare',
  'mnist',
  'fashion-mnist',
  'cifar-10',
  'finite',
] as const satisfies readonly TaskLaw['kind'][];

/** Where a task's data is looked for, and what it is called. */
export interface LoadOptions {
  /** The data folder; see `defaultDataFolder`. */
  readonly data: string;
  /** Lower-case letters, digits and single dashes; by default made from the law. */
  readonly name?: string;
}

/**
 * The task of a law, from the data folder alone: nothing is downloaded here. Throws one line for an
 * unknown kind or name, a parameter out of range, or data that is missing or damaged.
 */
export async function loadTask(law: TaskLaw, { data, name }: LoadOptions): Promise<Task> {
  checkKind(law);
  const called = checkTaskName(name ?? taskName(law));
  switch (law.kind) {
    case 'teacher':
      return teacherTask(law, called);
    case 'multi-index':
      return multiIndexTask(law, called);
    case 'parity':
      return parityTask(law, called);
    case 'power-law':
      return powerLawTask(law, called);
    case 'gaussian-mixture':
      return gaussianMixtureTask(law, called);
    case 'noisy-linear':
      return noisyLinearTask(law, called);
    case 'hierarchy':
      return hierarchyTask(law, called);
    case 'facts':
      return factsTask(law, called);
    case 'typescript-bytes':
    case 'tiny-shakespeare':
      return byteTask(law, called, data);
    case 'mnist':
    case 'fashion-mnist':
    case 'cifar-10':
      return imageTask(law, called, data);
    case 'finite': {
      const of = await loadTask(checkFinite(law.of), { data });
      const heldOut = law.heldOut ? await loadTask(heldOutLaw(law), { data }) : of;
      return finiteTask(law, { of, heldOut }, called);
    }
  }
}

/** Throws one line for a law whose kind is none of ours. */
function checkKind(law: unknown): asserts law is TaskLaw {
  const kind = (law as { kind?: unknown } | null | undefined)?.kind;
  if (!taskKinds.some((known) => known === kind)) {
    throw new Error(`unknown task: ${shown(kind)} (one of ${taskKinds.join(', ')})`);
  }
}

/** A training set of a training set, or of a text, is refused before anything is read. */
function checkFinite<Law>(of: Law): Law {
  const kind = (of as { kind?: unknown } | null | undefined)?.kind;
  const accepted = taskKinds.filter(
    (known) =>
      !['finite', 'facts', 'typescript-bytes', 'tiny-shakespeare'].some((none) => none === known),
  );
  if (!accepted.some((known) => known === kind)) {
    throw new Error(`unknown law of a finite task: ${shown(kind)} (one of ${accepted.join(', ')})`);
  }
  return of;
}

/** The name of a law where none is given: its kind and the start of its SHA-256. */
export function taskName(law: TaskLaw): string {
  return `${law.kind}-${sha256(lawKey(law)).slice(0, 8)}`;
}

/** A law as JSON with its keys in order, so that equal laws read the same. */
export const lawKey = (law: TaskLaw): string => canonical(law);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/** Gives a name back where it is safe in a path, a page and a URL; throws one line where it is not. */
export function checkTaskName(name: string): string {
  if (name.length > 80 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `unknown task name: ${shown(name)} (at most 80 lower-case letters, digits and single dashes)`,
    );
  }
  return name;
}
