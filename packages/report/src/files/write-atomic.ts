import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a failed write means to whoever must mend it. */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would exceed the size limit',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder of that name is in the way',
  EEXIST: 'a file of that name is in the way',
};

/** One line that says what could not be written and why. */
export function writeError(path: string, cause: unknown): Error {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  const meaning = MEANINGS[code];
  return new Error(
    `cannot write ${path}: ${meaning === undefined ? message : `${meaning} (${code})`}`,
    { cause },
  );
}

/**
 * Writes a file whole or not at all: into a temporary neighbour, then renamed; makes its folder.
 * Throws one line that says why it could not, and leaves nothing behind.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw writeError(path, cause);
  }
}
