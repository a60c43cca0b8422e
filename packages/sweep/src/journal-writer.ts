import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One writer's own journal file. */
export interface JournalWriter {
  readonly path: string;
  /** Appends a line with its newline in one write; throws where not all of it could be written. */
  write(line: string): void;
  close(): void;
}

/** Writes bytes and returns how many were taken, as `writeSync` does. */
export type WriteBytes = (fd: number, bytes: Uint8Array) => number;

/**
 * Creates the next free `<what>-000001.ndjson` in a folder, exclusively: writers on other machines of a
 * shared file system get files of their own without any lock. Throws where the folder cannot be written.
 */
export function openWriter(
  folder: string,
  { what, writeBytes = writeSync }: { readonly what: string; readonly writeBytes?: WriteBytes },
): JournalWriter {
  const { fd, path } = createNext(folder, what);
  let length = 0;
  let state: 'open' | 'broken' | 'closed' = 'open';
  return {
    path,
    write(line) {
      if (state !== 'open') throw new Error(`cannot write the journal ${path}: it is ${state}`);
      const bytes = Buffer.from(line);
      try {
        const written = writeBytes(fd, bytes);
        if (written < bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' });
        length += written;
      } catch (error) {
        state = 'broken';
        takeBack(fd, length);
        throw journalError('write', path, error);
      }
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      closeSync(fd);
    },
  };
}

function createNext(folder: string, what: string): { fd: number; path: string } {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw journalError('write', folder, error);
  }
  for (let number = 1; ; number++) {
    const path = join(folder, `${what}-${String(number).padStart(6, '0')}.ndjson`);
    try {
      return { fd: openSync(path, 'wx'), path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw journalError('write', path, error);
    }
  }
}

/** A half-written record is cut off; where even that fails, readers skip it as torn. */
function takeBack(fd: number, length: number): void {
  try {
    ftruncateSync(fd, length);
  } catch {}
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'read-only file system',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOTDIR: 'not a folder',
  EEXIST: 'not a folder',
};

/** One clear line for a failed read or write of the journal. */
export function journalError(verb: 'read' | 'write', path: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = (code && reasons[code]) ?? code ?? message;
  const kept =
    verb === 'write' ? ' (what is finished is kept: run again once it can be written)' : '';
  return new Error(`cannot ${verb} the journal ${path}: ${reason}${kept}`, { cause: error });
}
