import { canonicalJson } from './canonical-json.ts';
import type { CostModel } from './pack.ts';
import { packSize, programKey } from './pack.ts';
import type { TrialSpec } from './trial.ts';

/** What waits to be trained. */
export interface Waiting {
  readonly spec: TrialSpec;
  readonly priority: number;
}

/** Trials that wait, by the program that they share. */
export interface Queue<T extends Waiting> {
  add(waiting: T): void;
  /** Takes the next pack for one of `idle` workers: the highest priority first; null where nothing waits. */
  next(idle: number): readonly T[] | null;
  clear(): void;
}

interface Group<T> {
  readonly lanes: number;
  waiting: Entry<T>[];
}

interface Entry<T> {
  readonly one: T;
  /** The task's canonical JSON. */
  readonly task: string;
}

/** A queue whose packs have the lanes and streams of a cost model. */
export function createQueue<T extends Waiting>(cost: CostModel): Queue<T> {
  const groups = new Map<string, Group<T>>();
  return {
    add(one) {
      const name = programKey(one.spec, cost);
      const group = groups.get(name) ?? { lanes: cost.lanesFor(one.spec), waiting: [] };
      groups.set(name, group);
      group.waiting.push({ one, task: canonicalJson(one.spec.task) });
    },
    next(idle) {
      if (groups.size === 0) return null;
      const [name, group] = mostUrgent(groups);
      const { lanes, waiting } = group;
      const elsewhere = [...groups.values()]
        .filter((other) => other !== group)
        .reduce((packs, other) => packs + Math.ceil(other.waiting.length / other.lanes), 0);
      const size = packSize({ waiting: waiting.length, lanes, idleWorkers: idle - elsewhere });
      const ordered = byStream(waiting);
      const taken = withinStreams(ordered.slice(0, size), cost.streams);
      group.waiting = ordered.slice(taken.length);
      if (group.waiting.length === 0) groups.delete(name);
      return taken.map(({ one }) => one);
    },
    clear: () => groups.clear(),
  };
}

const urgency = (waiting: readonly Entry<Waiting>[]): number =>
  waiting.reduce((most, { one }) => Math.max(most, one.priority), -Infinity);

function mostUrgent<T extends Waiting>(groups: ReadonlyMap<string, Group<T>>): [string, Group<T>] {
  return [...groups].reduce((best, one) =>
    urgency(one[1].waiting) > urgency(best[1].waiting) ? one : best,
  );
}

/** The task of the most urgent trial first, and each task by seed: lanes of one task and seed read the same stream. */
function byStream<T extends Waiting>(waiting: readonly Entry<T>[]): Entry<T>[] {
  const tasks = new Map<string, Entry<T>[]>();
  for (const entry of waiting) {
    const own = tasks.get(entry.task) ?? [];
    tasks.set(entry.task, own);
    own.push(entry);
  }
  return [...tasks.values()]
    .sort((a, b) => urgency(b) - urgency(a))
    .flatMap((own) => own.sort((a, b) => a.one.spec.seed - b.one.spec.seed));
}

/** Those of the first `most` streams. */
function withinStreams<T extends Waiting>(
  ordered: readonly Entry<T>[],
  most = Infinity,
): readonly Entry<T>[] {
  const streams = new Set<string>();
  const end = ordered.findIndex(
    ({ one, task }) => streams.add(`${one.spec.seed} ${task}`).size > most,
  );
  return end < 0 ? ordered : ordered.slice(0, end);
}
