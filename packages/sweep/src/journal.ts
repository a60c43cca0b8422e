import type { JournalEntry } from './journal-entry.ts';
import { leanRecord, trialEntry } from './journal-entry.ts';
import type { JournalFormat, JournalOptions, KeyedJournal } from './keyed-journal.ts';
import { memoryJournalOf, openJournalOf, readJournalOf } from './keyed-journal.ts';
import type { TrialRecord } from './trial.ts';

/** What has been trained: read once, appended to, never rewritten. */
export type Journal = KeyedJournal<JournalEntry, TrialRecord>;

const format: JournalFormat<JournalEntry, TrialRecord> = {
  what: 'trials',
  parse: trialEntry,
  held: leanRecord,
};

/**
 * Streams the trials of a folder, `trials-*.ndjson` by name, each once (first wins). A torn last line and
 * corrupt lines are skipped with a warning.
 */
export const readJournal = (options: JournalOptions) => readJournalOf(format, options);

/**
 * Opens the trials of a folder: reads what is there without specs and curves, and starts a file of its own
 * once there is something to write. Throws where the folder cannot be read.
 */
export const openJournal = (options: JournalOptions): Journal => openJournalOf(format, options);

/** A journal of trials that keeps nothing beyond the process. */
export const memoryJournal = (): Journal => memoryJournalOf(format);
