import type { ColumnTable } from 'arquero';

/** A journalled trial, as far as the table needs it. */
export interface TrialRecord {
  readonly key: string;
  readonly task: string;
  readonly shape: Readonly<Record<string, unknown>>;
  readonly parameterization: Readonly<Record<string, unknown>>;
  readonly schedule: Readonly<Record<string, unknown>>;
  readonly knobs: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly steps: number;
  readonly status: 'finished' | 'diverged';
  readonly divergedAt: number | null;
  readonly loss: number | null;
  readonly curve?: readonly (readonly [step: number, loss: number])[];
  readonly seconds: number;
  readonly flops: number;
  readonly device?: unknown;
  readonly at?: string;
}

/**
 * One row a trial: key, task, seed, steps, status, divergedAt, loss, seconds, flops; model, width, depth, …,
 * optimizer, batch; parameterization, baseWidth; schedule; and every knob under its own name.
 */
export async function trialsTable(
  _records: Iterable<TrialRecord> | AsyncIterable<TrialRecord>,
): Promise<ColumnTable> {
  throw new Error('unfinished');
}
