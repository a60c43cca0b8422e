import type { CostModel } from './pack.ts';
import { packSize, programKey } from './pack.ts';
import type { Program, TrialSpec } from './trial.ts';

/** What waits to be trained. */
export interface Waiting {
  readonly spec: TrialSpec;
  readonly priority: number;
}

/** Trials that train together. */
export interface Batch<T extends Waiting> {
  readonly program: Program;
  readonly taken: readonly T[];
}

/** Trials that wait, by the program that they share. */
export interface Queue<T extends Waiting> {
  add(waiting: T): void;
  /** Takes the next pack for one of `idle` workers: the highest priority first; null where nothing waits. */
  next(idle: number): Batch<T> | null;
  clear(): void;
}

interface Group<T> {
  readonly program: Program;
  readonly lanes: number;
  readonly waiting: T[];
}

/** A queue whose packs have the lanes of a cost model. */
export function createQueue<T extends Waiting>(cost: CostModel): Queue<T> {
  const groups = new Map<string, Group<T>>();
  return {
    add(waiting) {
      const { task, shape, steps, heldOut } = waiting.spec;
      const program = { task, shape, steps, heldOut };
      const name = programKey(program);
      const group = groups.get(name) ?? { program, lanes: cost.lanesFor(program), waiting: [] };
      groups.set(name, group);
      group.waiting.push(waiting);
    },
    next(idle) {
      if (groups.size === 0) return null;
      const [name, group] = mostUrgent(groups);
      const { program, lanes, waiting } = group;
      const elsewhere = [...groups.values()]
        .filter((other) => other !== group)
        .reduce((packs, other) => packs + Math.ceil(other.waiting.length / other.lanes), 0);
      const size = packSize({ waiting: waiting.length, lanes, idleWorkers: idle - elsewhere });
      // By seed, since lanes of one seed share their batches.
      waiting.sort((a, b) => a.spec.seed - b.spec.seed);
      const taken = waiting.splice(0, size);
      if (waiting.length === 0) groups.delete(name);
      return { program, taken };
    },
    clear: () => groups.clear(),
  };
}

function mostUrgent<T extends Waiting>(groups: ReadonlyMap<string, Group<T>>): [string, Group<T>] {
  const urgency = ({ waiting }: Group<T>) =>
    waiting.reduce((most, { priority }) => Math.max(most, priority), -Infinity);
  return [...groups].reduce((best, one) => (urgency(one[1]) > urgency(best[1]) ? one : best));
}
