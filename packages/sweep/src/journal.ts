import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from './journal-entry.ts';
import { leanRecord, parseEntry } from './journal-entry.ts';
import { readLines } from './journal-lines.ts';
import type { JournalWriter } from './journal-writer.ts';
import { journalError, openWriter } from './journal-writer.ts';
import type { TrialRecord } from './trial.ts';

/** What has been measured: read once, appended to, never rewritten. */
export interface Journal {
  readonly size: number;
  /** The record of a trial, or undefined where none is held. */
  get(key: string): TrialRecord | undefined;
  /** Makes sure that entries can be written; throws one clear line where they cannot. */
  prepare(): void;
  /** Appends an entry in one write; a completed append survives SIGKILL. Throws where it cannot. */
  append(entry: JournalEntry): void;
  close(): void;
}

/** Options of reading a journal's folder. */
export interface JournalOptions {
  /** `suites/<name>/results`; it need not exist yet. */
  readonly folder: string;
  /** Told, one line each, what was skipped and where. */
  readonly warn?: (line: string) => void;
}

/**
 * Streams the entries of all NDJSON files of a folder, files by name, each trial once (first wins). A torn
 * last line and corrupt lines are skipped with a warning.
 */
export function* readJournal({ folder, warn = () => {} }: JournalOptions): Generator<JournalEntry> {
  const seen = new Set<string>();
  for (const path of journalFiles(folder)) {
    for (const { number, text, torn } of readLines(path)) {
      const entry = torn ? null : parseEntry(text);
      if (entry === null) {
        warn(`${path}:${number}: ${torn ? 'torn last line ignored' : 'corrupt line skipped'}`);
      } else if (!seen.has(entry.key)) {
        seen.add(entry.key);
        yield entry;
      }
    }
  }
}

/**
 * Opens the journal in a folder: reads what is there without specs and curves, and starts a file of its own
 * once there is something to write. Throws where the folder cannot be read.
 */
export function openJournal({ folder, warn = () => {} }: JournalOptions): Journal {
  const journal = memoryJournal();
  for (const entry of readJournal({ folder, warn })) journal.append(entry);
  let writer: JournalWriter | null = null;
  const open = () => {
    writer ??= openWriter(folder);
    return writer;
  };
  return {
    ...journal,
    get size() {
      return journal.size;
    },
    prepare: () => void open(),
    append: (entry) => {
      open().write(`${JSON.stringify(entry)}\n`);
      journal.append(entry);
    },
    close: () => writer?.close(),
  };
}

/** A journal that keeps nothing beyond the process. */
export function memoryJournal(): Journal {
  const records = new Map<string, TrialRecord>();
  return {
    get size() {
      return records.size;
    },
    get: (key) => records.get(key),
    prepare: () => {},
    append: (entry) => {
      if (!records.has(entry.key)) records.set(entry.key, leanRecord(entry));
    },
    close: () => {},
  };
}

function journalFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw journalError('read', folder, error);
  }
}
