import { isKey } from './keyed-journal.ts';
import type { TrialRecord, TrialResult, TrialSpec } from './trial.ts';

/** One line of the journal: a finished or diverged trial with its spec and training curve. */
export interface JournalEntry extends TrialRecord {
  readonly status: TrialResult['status'];
  readonly spec: TrialSpec;
  /** Finite points only, to seven significant digits. */
  readonly curve: TrialResult['curve'];
}

/** The journal's entry of a result. */
export function journalEntry(key: string, spec: TrialSpec, result: TrialResult): JournalEntry {
  const { status, divergedAt, loss, seconds, flops } = result;
  const curve = result.curve
    .filter(([, value]) => Number.isFinite(value))
    .map(([step, value]) => [step, Number(value.toPrecision(7))] as const);
  return { key, status, divergedAt, loss, seconds, flops, spec, curve };
}

/** An entry without its spec and curve, which are most of its memory. */
export function leanRecord(entry: JournalEntry): TrialRecord {
  const { key, status, divergedAt, loss, seconds, flops } = entry;
  return { key, status, divergedAt, loss, seconds, flops };
}

/** The entry that a parsed line of the journal is; null where it is none. */
export function trialEntry(value: unknown): JournalEntry | null {
  return isEntry(value) ? value : null;
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof JournalEntry, unknown>>;
  const { key, status, divergedAt, loss, seconds, flops, spec, curve } = entry;
  return (
    isKey(key) &&
    ((status === 'finished' && typeof loss === 'number') ||
      (status === 'diverged' && loss === null)) &&
    (divergedAt === null || typeof divergedAt === 'number') &&
    typeof seconds === 'number' &&
    typeof flops === 'number' &&
    typeof spec === 'object' &&
    spec !== null &&
    Array.isArray(curve)
  );
}
