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
  waiting: T[];
}

/** A queue whose packs have the lanes of a cost model. */
export function createQueue<T extends Waiting>(cost: CostModel): Queue<T> {
  const groups = new Map<string, Group<T>>();
  return {
    add(one) {
      const name = programKey(one.spec, cost);
      const group = groups.get(name);
      if (group) group.waiting.push(one);
      else groups.set(name, { lanes: cost.lanesFor(one.spec), waiting: [one] });
    },
    next(idle) {
      if (groups.size === 0) return null;
      const [name, group] = mostUrgent(groups);
      const { lanes, waiting } = group;
      const elsewhere = [...groups.values()]
        .filter((other) => other !== group)
        .reduce((packs, other) => packs + Math.ceil(other.waiting.length / other.lanes), 0);
      const size = packSize({ waiting: waiting.length, lanes, idleWorkers: idle - elsewhere });
      const ordered = byTask(waiting);
      group.waiting = ordered.slice(size);
      if (group.waiting.length === 0) groups.delete(name);
      return ordered.slice(0, size);
    },
    clear: () => groups.clear(),
  };
}

const urgency = (waiting: readonly Waiting[]): number =>
  waiting.reduce((most, { priority }) => Math.max(most, priority), -Infinity);

function mostUrgent<T extends Waiting>(groups: ReadonlyMap<string, Group<T>>): [string, Group<T>] {
  return [...groups].reduce((best, one) =>
    urgency(one[1].waiting) > urgency(best[1].waiting) ? one : best,
  );
}

/** The task of the most urgent trial first, and each task by seed: lanes of one task and seed share their batches. */
function byTask<T extends Waiting>(waiting: readonly T[]): T[] {
  const tasks = new Map<string, T[]>();
  for (const one of waiting) {
    const name = canonicalJson(one.spec.task);
    const own = tasks.get(name);
    if (own) own.push(one);
    else tasks.set(name, [one]);
  }
  return [...tasks.values()]
    .sort((a, b) => urgency(b) - urgency(a))
    .flatMap((own) => own.sort((a, b) => a.spec.seed - b.spec.seed));
}
