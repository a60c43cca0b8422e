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

const JOURNAL = /^(.+?)-[^-]+\.ndjson$/;

/** Names of a folder's journals; none where it is not there. */
export function journalsIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => JOURNAL.test(name))
        .sort()
    : [];
}

/**
 * Copies the journals of a folder into another. A file is called by its first line, and by a number where two writers
 * began alike, as they may with grants: files of several machines stand side by side, and one that has grown since takes
 * the place of its beginning.
 */
export function collectResults(from: string, to: string): Collected {
  let files = 0;
  let lines = 0;
  for (const name of journalsIn(from)) {
    const [, what] = JOURNAL.exec(name) as RegExpExecArray;
    const text = readFileSync(join(from, name));
    const end = text.indexOf('\n');
    if (end < 0) continue;
    const digest = createHash('sha256').update(text.subarray(0, end)).digest('hex');
    const { target, held } = placeOf(text, (n) =>
      join(to, `${what}-${digest.slice(0, 16)}${n > 0 ? `.${n}` : ''}.ndjson`),
    );
    if (held.length >= text.length) continue;
    mkdirSync(to, { recursive: true });
    writeFileSync(`${target}.tmp`, text);
    renameSync(`${target}.tmp`, target);
    files++;
    lines += lineCount(text) - lineCount(held);
  }
  return { files, lines };
}

/** The first place that is free, or held by an earlier or later state of the same file. */
function placeOf(text: Buffer, name: (n: number) => string) {
  for (let n = 0; ; n++) {
    const target = name(n);
    const held = existsSync(target) ? readFileSync(target) : Buffer.alloc(0);
    const common = Math.min(held.length, text.length);
    if (held.subarray(0, common).equals(text.subarray(0, common))) return { target, held };
  }
}

const lineCount = (text: Buffer): number =>
  text.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
