import { dispatch } from './dispatch.ts';
import type { Journal } from './journal.ts';
import type { CostModel } from './pack.ts';
import type { Pool } from './pool.ts';
import type { Waiting } from './queue.ts';
import { createQueue } from './queue.ts';
import type { Measure, TrialRecord, TrialSpec } from './trial.ts';
import { trialKey } from './trial-key.ts';

/** What happens in a sweep, as it happens. */
export type SweepEvent =
  | {
      readonly kind: 'trial';
      readonly arm: string;
      readonly spec: TrialSpec;
      readonly record: TrialRecord;
      /** Whether it was trained for this request, or known before. */
      readonly trained: boolean;
    }
  | { readonly kind: 'steps'; readonly modelSteps: number; readonly cost: number }
  /** After the trials of a pack. */
  | { readonly kind: 'packDone' }
  | {
      readonly kind: 'packFailed';
      readonly lanes: number;
      readonly reason: string;
      readonly final: boolean;
    };

/** What a scheduler works with. */
export interface SchedulerOptions {
  /** Null refuses to train: a missing trial is an error. */
  readonly pool: Pool | null;
  readonly cost: CostModel;
  readonly journal: Journal;
  /** Version of the training semantics; part of every key. */
  readonly semantics: string | number;
  readonly onEvent?: (event: SweepEvent) => void;
}

/** Gathers the requests of all arms into packs and keeps every worker busy. */
export interface Scheduler {
  /** The measurement of one arm; those of higher priority are served first. */
  measureFor(arm: string, priority: number): Measure;
  /** Rejects everything that waits, and all later requests. */
  stop(error: Error): void;
}

interface Request extends Waiting {
  readonly arm: string;
  readonly key: string;
  readonly resolve: (record: TrialRecord) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A scheduler over a pool. A trial is trained once however often it is asked for; what it comes to does not
 * depend on the number of workers or on what it is packed with. A pack that fails is attempted again, and
 * its trials become `failed` where it fails twice; those are not journalled.
 */
export function createScheduler({
  pool,
  cost,
  journal,
  semantics,
  onEvent = () => {},
}: SchedulerOptions): Scheduler {
  const queue = createQueue<Request>(cost);
  const known = new Map<string, Promise<TrialRecord>>();
  const unfinished = new Set<Request>();
  let busy = 0;
  let pumping = false;
  let stopped: Error | null = null;
  const isStopped = () => stopped !== null;

  const stop = (error: Error) => {
    stopped ??= error;
    queue.clear();
    for (const { reject } of unfinished) reject(stopped);
    unfinished.clear();
  };

  const train = (arm: string, priority: number, spec: TrialSpec, key: string) => {
    if (pool === null) {
      throw new Error(`trial of ${arm} missing from the journal: ${key} (run the sweep first)`);
    }
    journal.prepare();
    return new Promise<TrialRecord>((resolve, reject) => {
      const request = { spec, arm, priority, key, resolve, reject };
      queue.add(request);
      unfinished.add(request);
    });
  };

  const pump = (free: Pool) => {
    while (busy < free.size) {
      const taken = queue.next(free.size - busy);
      if (taken === null) return;
      busy++;
      void dispatch(taken, { pool: free, cost, journal, isStopped, settle, onEvent })
        .catch((error: unknown) => stop(error instanceof Error ? error : new Error(String(error))))
        .finally(() => {
          busy--;
          if (!stopped) pump(free);
        });
    }
  };

  const settle = (request: Request, record: TrialRecord) => {
    unfinished.delete(request);
    onEvent({ kind: 'trial', arm: request.arm, spec: request.spec, record, trained: true });
    request.resolve(record);
  };

  const one = (arm: string, priority: number, spec: TrialSpec): Promise<TrialRecord> => {
    const key = trialKey(spec, semantics);
    const reuse = (record: TrialRecord) => {
      onEvent({ kind: 'trial', arm, spec, record, trained: false });
      return record;
    };
    const record = journal.get(key);
    if (record) return Promise.resolve(reuse(record));
    const before = known.get(key);
    if (before) return before.then(reuse);
    const promise = train(arm, priority, spec, key);
    known.set(key, promise);
    return promise;
  };

  return {
    stop,
    measureFor: (arm, priority) => async (specs) => {
      if (stopped) throw stopped;
      const records = Promise.all(specs.map(async (spec) => one(arm, priority, spec)));
      if (pool !== null && !pumping) {
        // Wait for the requests that other arms make in this turn, to pack them together.
        pumping = true;
        setImmediate(() => {
          pumping = false;
          if (!stopped) pump(pool);
        });
      }
      return records;
    },
  };
}
