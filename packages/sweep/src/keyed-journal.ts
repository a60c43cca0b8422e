import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './journal-lines.ts';
import type { JournalWriter } from './journal-writer.ts';
import { journalError, openWriter } from './journal-writer.ts';

/** What has been measured: read once, appended to, never rewritten. */
export interface KeyedJournal<Entry, Held> {
  readonly size: number;
  /** What is held of an entry, or undefined where there is none. */
  get(key: string): Held | undefined;
  /** Makes sure that entries can be written; throws one clear line where they cannot. */
  prepare(): void;
  /** Appends an entry in one write; a completed append survives SIGKILL. Throws where it cannot. */
  append(entry: Entry): void;
  close(): void;
}

/** How entries of one kind are kept. */
export interface JournalFormat<Entry extends { readonly key: string }, Held> {
  /** What the entries are, in the plural; their files are `<what>-000001.ndjson` and so on. */
  readonly what: string;
  /** The entry that a parsed line is; null where it is none. */
  parse(value: unknown): Entry | null;
  /** What stays of an entry in memory. */
  held(entry: Entry): Held;
}

/** Options of reading a journal's folder. */
export interface JournalOptions {
  /** `suites/<name>/results`; it need not exist yet. */
  readonly folder: string;
  /** Told, one line each, what was skipped and where. */
  readonly warn?: (line: string) => void;
  /** Told once that entries are about to be written. */
  readonly onWrite?: () => void;
}

/**
 * Streams the entries of all files of a format in a folder, files by name, each key once (first wins). A torn
 * last line and corrupt lines are skipped, with a warning of each kind a file.
 */
export function* readJournalOf<Entry extends { readonly key: string }>(
  { what, parse }: Pick<JournalFormat<Entry, unknown>, 'what' | 'parse'>,
  { folder, warn = () => {} }: JournalOptions,
): Generator<Entry> {
  const seen = new Set<string>();
  for (const path of journalFiles(folder, what)) {
    const corrupt: number[] = [];
    for (const { number, text, torn } of readLines(path)) {
      const entry = torn ? null : parse(parsed(text));
      if (torn) {
        warn(`${path}:${number}: torn last line ignored`);
      } else if (entry === null) {
        corrupt.push(number);
      } else if (!seen.has(entry.key)) {
        seen.add(entry.key);
        yield entry;
      }
    }
    const [first, ...others] = corrupt;
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    if (first !== undefined) warn(`${path}:${first}: corrupt line skipped${more}`);
  }
}

/**
 * Opens the journal of a format in a folder: reads what is there, and starts a file of its own once there is
 * something to write. Throws where the folder cannot be read.
 */
export function openJournalOf<Entry extends { readonly key: string }, Held>(
  format: JournalFormat<Entry, Held>,
  { folder, warn = () => {}, onWrite }: JournalOptions,
): KeyedJournal<Entry, Held> {
  const journal = memoryJournalOf(format);
  for (const entry of readJournalOf(format, { folder, warn })) journal.append(entry);
  let writer: JournalWriter | null = null;
  const open = () => {
    if (writer === null) {
      writer = openWriter(folder, { what: format.what });
      onWrite?.();
    }
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
export function memoryJournalOf<Entry extends { readonly key: string }, Held>({
  held,
}: JournalFormat<Entry, Held>): KeyedJournal<Entry, Held> {
  const all = new Map<string, Held>();
  return {
    get size() {
      return all.size;
    },
    get: (key) => all.get(key),
    prepare: () => {},
    append: (entry) => {
      if (!all.has(entry.key)) all.set(entry.key, held(entry));
    },
    close: () => {},
  };
}

/** Whether a value is a SHA-256 in hexadecimal. */
export function isKey(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function journalFiles(folder: string, what: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter(
      (name) => name.startsWith(`${what}-`) && name.endsWith('.ndjson'),
    );
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw journalError('read', folder, error);
  }
}
