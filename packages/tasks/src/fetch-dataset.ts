import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reason, sha256 } from './data-file.ts';
import type { DataFile, Dataset } from './datasets.ts';

/** Where a dataset goes, how patient its download is, and who is told. */
export interface FetchOptions {
  /** The data folder; made where missing. */
  readonly data: string;
  /** Seconds to wait for an answer from each address. */
  readonly connectSeconds?: number;
  /** Seconds without a byte after which a download is given up. */
  readonly idleSeconds?: number;
  /** Called as bytes of a file arrive. */
  readonly onProgress?: (progress: { name: string; received: number; bytes: number }) => void;
}

/**
 * Downloads what a dataset lacks. A file is written under another name, checked against its SHA-256,
 * synced to disk and only then renamed, so what is found under a file's own name is always whole; two
 * processes may fetch at once. Files already there with the right checksum are left alone.
 *
 * Throws one line that gives the reason at each address, or why the folder cannot be written.
 */
export async function fetchDataset(dataset: Dataset, options: FetchOptions): Promise<void> {
  const folder = join(options.data, dataset.folder);
  await writing(folder, makeFolder(folder));
  for (const file of dataset.files) {
    const present = await readFile(join(folder, file.name)).catch(() => null);
    if (present === null || sha256(present) !== file.sha256) {
      await fetchFile(file, folder, `${dataset.folder}/${file.name}`, options);
    }
  }
}

/** Makes a folder and those around it. Node's own recursive `mkdir` never ends in file systems such as `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(folder) !== folder) {
      await makeFolder(dirname(folder));
      await mkdir(folder).catch(async (again: unknown) => foundFolder(folder, again));
    } else {
      await foundFolder(folder, error);
    }
  }
}

/** Throws why a folder could not be made, unless it is there: another process may make it too. */
async function foundFolder(folder: string, error: unknown): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw error;
}

/** A failure of this machine's disk: another address would not help. */
class WriteError extends Error {}

async function writing<Result>(path: string, work: Promise<Result>): Promise<Result> {
  return work.catch((error: unknown) => {
    throw new WriteError(`cannot write ${path}: ${reason(error)}`);
  });
}

async function fetchFile(
  file: DataFile,
  folder: string,
  name: string,
  options: FetchOptions,
): Promise<void> {
  const failures: string[] = [];
  for (const url of file.urls) {
    const part = join(folder, `.${file.name}.${randomUUID()}.part`);
    try {
      await download(url, file, part, name, options);
      await writing(folder, rename(part, join(folder, file.name)));
      await syncFolder(folder);
      return;
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      if (error instanceof WriteError) throw error;
      failures.push(`${url}: ${reason(error)}`);
    }
  }
  throw new Error(`cannot fetch ${name}: ${failures.join('; ')}`);
}

async function download(
  url: string,
  file: DataFile,
  part: string,
  name: string,
  { connectSeconds = 10, idleSeconds = 30, onProgress = () => {} }: FetchOptions,
): Promise<void> {
  const patience = new AbortController();
  const giveUp = (seconds: number): NodeJS.Timeout =>
    setTimeout(() => patience.abort(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  let timer = giveUp(connectSeconds);
  try {
    const response = await fetch(url, {
      signal: patience.signal,
      // A server that compresses on the way would change what the checksum sees.
      headers: { 'accept-encoding': 'identity' },
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const hash = createHash('sha256');
    let received = 0;
    const out = await writing(part, open(part, 'wx'));
    try {
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        timer = giveUp(idleSeconds);
        hash.update(chunk);
        received += chunk.length;
        if (received > file.bytes) break;
        await writing(part, out.writeFile(chunk));
        onProgress({ name, received, bytes: file.bytes });
      }
      await writing(part, out.sync());
    } finally {
      await out.close();
    }
    if (received < file.bytes) throw new Error(`truncated, ${received} of ${file.bytes} bytes`);
    const digest = hash.digest('hex');
    if (digest !== file.sha256) {
      throw new Error(`wrong checksum, sha256 ${digest} (${file.sha256})`);
    }
  } finally {
    clearTimeout(timer);
    // Ends a connection that was not read to its end.
    patience.abort();
  }
}

/** Makes the rename itself last; where folders cannot be opened (Windows) there is nothing to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => {});
  await handle.close();
}
