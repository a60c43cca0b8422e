import { messageOf } from './attempt.ts';
import type { Journal } from './journal.ts';
import { journalEntry, leanRecord } from './journal-entry.ts';
import { type CostModel, checkResults, packOf } from './pack.ts';
import { ATTEMPTS, type PackOutcome, type Pool } from './pool.ts';
import type { SweepEvent } from './scheduler.ts';
import type { TrialRecord, TrialSpec } from './trial.ts';

/** A trial that is to be trained. */
interface Asked {
  readonly spec: TrialSpec;
  readonly key: string;
}

/**
 * Trains requests as one pack and settles each with what it came to; a pack that fails is attempted again, and where it fails
 * `ATTEMPTS` times its trials become `failed` and are not journalled. Whatever ends after `isStopped` is thrown away. Rejects
 * where the pool or the journal cannot go on.
 */
export async function dispatch<Request extends Asked>(
  taken: readonly Request[],
  {
    pool,
    cost,
    journal,
    isStopped,
    settle,
    onEvent,
  }: {
    readonly pool: Pool;
    readonly cost: CostModel;
    readonly journal: Journal;
    readonly isStopped: () => boolean;
    readonly settle: (request: Request, record: TrialRecord) => void;
    readonly onEvent: (event: SweepEvent) => void;
  },
): Promise<void> {
  const specs = taken.map(({ spec }) => spec);
  const pack = packOf(specs);
  const modelSteps = pack.lanes.length * pack.steps;
  const costPerStep = cost.costOf(specs[0]!) / pack.steps;
  for (let attempt = 1; ; attempt++) {
    const tell = tellerOf({ modelSteps, costPerStep, onEvent });
    const outcome = checked(await pool.run(pack, tell), pack.lanes.length);
    if (isStopped()) return;
    if (outcome.kind === 'done') {
      tell(modelSteps);
      taken.forEach((request, lane) => {
        const { key, spec } = request;
        const entry = journalEntry(key, spec, outcome.results[lane]!);
        journal.append(entry);
        settle(request, leanRecord(entry));
      });
      onEvent({ kind: 'packDone' });
      return;
    }
    const { reason } = outcome;
    const final = attempt === ATTEMPTS;
    onEvent({ kind: 'packFailed', lanes: taken.length, reason, final });
    if (final) {
      for (const request of taken) settle(request, failedRecord(request.key, reason));
      return;
    }
  }
}

/** Tells of one attempt's progress from the model-steps done so far: what is new of them, never more than there are. */
function tellerOf({
  modelSteps: all,
  costPerStep,
  onEvent,
}: {
  readonly modelSteps: number;
  readonly costPerStep: number;
  readonly onEvent: (event: SweepEvent) => void;
}): (modelSteps: number) => void {
  let told = 0;
  return (modelSteps) => {
    const delta = Math.max(0, Math.min(modelSteps, all) - told);
    told += delta;
    if (delta > 0) onEvent({ kind: 'steps', modelSteps: delta, cost: delta * costPerStep });
  };
}

function checked(outcome: PackOutcome, lanes: number): PackOutcome {
  if (outcome.kind === 'failed') return outcome;
  try {
    checkResults(lanes, outcome.results);
    return outcome;
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

function failedRecord(key: string, reason: string): TrialRecord {
  return { key, status: 'failed', divergedAt: null, loss: null, seconds: 0, flops: 0, reason };
}
