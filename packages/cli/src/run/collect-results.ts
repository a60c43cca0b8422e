import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** What was taken over. */
export interface Collected {
  readonly files: number;
  readonly lines: number;
}

/**
 * Copies the journals of a folder into another. A file is called by its first line, which no other writer's is, so
 * that files of several machines stand side by side, and one that has grown since takes the place of its beginning.
 */
export function collectResults(from: string, to: string): Collected {
  let files = 0;
  let lines = 0;
  for (const name of readdirSync(from).sort()) {
    const what = /^(.+?)-[^-]+\.ndjson$/.exec(name)?.[1];
    if (what === undefined) continue;
    const text = readFileSync(join(from, name));
    const end = text.indexOf('\n');
    if (end < 0) continue;
    const digest = createHash('sha256').update(text.subarray(0, end)).digest('hex');
    const target = join(to, `${what}-${digest.slice(0, 16)}.ndjson`);
    const held = existsSync(target) ? readFileSync(target) : Buffer.alloc(0);
    if (held.length >= text.length) continue;
    mkdirSync(to, { recursive: true });
    writeFileSync(`${target}.tmp`, text);
    renameSync(`${target}.tmp`, target);
    files++;
    lines += lineCount(text) - lineCount(held);
  }
  return { files, lines };
}

const lineCount = (text: Buffer): number =>
  text.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
