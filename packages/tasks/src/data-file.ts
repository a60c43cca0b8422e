import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { FoundFile } from './datasets.ts';

/** The bytes of a file and what they hash to. */
export interface ReadFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** SHA-256 of bytes, in hex. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Reads a file found in the data folder; throws one line where it cannot or the checksum is wrong. */
export async function readDataFile({ name, path, sha256: wanted }: FoundFile): Promise<ReadFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Error(`cannot read ${path}: ${reason(error)}`);
  });
  const got = sha256(bytes);
  if (wanted !== null && got !== wanted) {
    throw new Error(
      `wrong checksum: ${path} is sha256 ${got} (${wanted}; delete it to download it again)`,
    );
  }
  return { name, path, bytes, sha256: got };
}

/** Unpacks gzip; throws one line that names the file where it is truncated or damaged. */
export function gunzip({ path, bytes }: Pick<ReadFile, 'path' | 'bytes'>): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new Error(
      `damaged file: ${path} (gzip: ${reason(error)}; delete it to download it again)`,
    );
  }
}

/** Why something failed, in a few words, the innermost cause first where a library wraps it. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reason(error.cause);
  const code = (error as NodeJS.ErrnoException).code;
  // Node's own texts repeat the code, the call and the path: "EACCES: permission denied, open '…'".
  const text = error.message.replace(/^[A-Z]+: /, '').replace(/, [a-z]+( '.*)?$/, '');
  return code !== undefined && !text.includes(code) ? `${text} (${code})` : text;
}
