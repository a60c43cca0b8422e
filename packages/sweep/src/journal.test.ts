import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import { memoryJournal, openJournal, readJournal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import { journalEntry, leanRecord } from './journal-entry.ts';
import { openWriter } from './journal-writer.ts';
import { landscapeArm, trainLane } from './testing/landscape.ts';
import { trialKey } from './trial-key.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-journal-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

const arm = landscapeArm('journal', { best: { learningRate: -4 }, noise: 0.1 });
function entryOf(seed: number): JournalEntry {
  const spec = trialOf(arm, [-4, 0, 0], seed);
  return journalEntry(trialKey(spec, '1'), spec, trainLane(spec, spec));
}

function written(entries: readonly JournalEntry[]): void {
  const journal = openJournal({ folder });
  for (const entry of entries) journal.append(entry);
  journal.close();
}

function read() {
  const warnings: string[] = [];
  const entries = [...readJournal({ folder, warn: (line) => warnings.push(line) })];
  return { entries, warnings };
}

describe('the journal', () => {
  it('reads back what was written, bit for bit', () => {
    const entries = [0, 1, 2].map(entryOf);
    written(entries);
    expect(read()).toEqual({ entries, warnings: [] });
    const again = openJournal({ folder });
    for (const entry of entries) expect(again.get(entry.key)).toEqual(leanRecord(entry));
    expect(again.size).toBe(3);
  });

  it('keeps of a curve what JSON can hold, to seven digits', () => {
    const spec = trialOf(arm, [-4, 0, 0], 0);
    const curve = [
      [0, 0.30000001192092896],
      [10, Infinity],
      [20, Number.NaN],
    ] as const;
    const result = { ...trainLane(spec, spec), curve };
    expect(journalEntry('', spec, result).curve).toEqual([[0, 0.3]]);
  });

  it('writes a record in one line, at once', () => {
    const journal = openJournal({ folder });
    journal.append(entryOf(0));
    const text = readFileSync(join(folder, 'trials-000001.ndjson'), 'utf8');
    expect(text).toBe(`${JSON.stringify(entryOf(0))}\n`);
    journal.close();
  });

  it('gives each writer a file of its own, and none to a reader', () => {
    openJournal({ folder }).close();
    expect(readdirSync(folder)).toEqual([]);
    const [a, b] = [openJournal({ folder }), openJournal({ folder })];
    a.append(entryOf(0));
    b.append(entryOf(1));
    a.append(entryOf(2));
    expect(readdirSync(folder).sort()).toEqual(['trials-000001.ndjson', 'trials-000002.ndjson']);
    expect(read().entries.map(({ spec }) => spec.seed)).toEqual([0, 2, 1]);
  });

  it('collapses duplicates, the first file first', () => {
    const entry = entryOf(0);
    written([entry, entryOf(1)]);
    writeFileSync(
      join(folder, 'trials-000002.ndjson'),
      `${JSON.stringify({ ...entry, seconds: 99 })}\n${JSON.stringify(entryOf(2))}\n`,
    );
    expect(read().entries).toEqual([entry, entryOf(1), entryOf(2)]);
  });

  it('ignores a torn last line wherever it is torn', () => {
    written([entryOf(0)]);
    const path = join(folder, 'trials-000001.ndjson');
    const whole = readFileSync(path);
    const line = Buffer.from(`${JSON.stringify(entryOf(1))}\n`);
    for (let length = 1; length < line.length; length += 7) {
      writeFileSync(path, Buffer.concat([whole, line.subarray(0, length)]));
      expect(read()).toEqual({
        entries: [entryOf(0)],
        warnings: [`${path}:2: torn last line ignored`],
      });
    }
  });

  it('reports a corrupt line with its place and reads on', () => {
    written([entryOf(0), entryOf(1), entryOf(2)]);
    const path = join(folder, 'trials-000001.ndjson');
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[1] = `${lines[1]!.slice(0, 40)}\u0000${lines[1]!.slice(41)}`;
    writeFileSync(path, lines.join('\n'));
    appendFileSync(path, '{"key":"short"}\nnull\n');
    expect(read()).toEqual({
      entries: [entryOf(0), entryOf(2)],
      warnings: [`${path}:2: corrupt line skipped (and 2 more)`],
    });
  });

  it('cuts off a half-written record on a full disk and says so in one line', () => {
    let room = 1500;
    const writeBytes = (_fd: number, bytes: Uint8Array) => {
      const length = Math.min(room, bytes.length);
      room -= length;
      appendFileSync(join(folder, 'trials-000001.ndjson'), bytes.subarray(0, length));
      return length;
    };
    const writer = openWriter(folder, { what: 'trials', writeBytes });
    const line = `${JSON.stringify(entryOf(0))}\n`;
    const failing = () => {
      for (;;) writer.write(line);
    };
    expect(failing).toThrow(
      `cannot write the journal ${writer.path}: no space left on the device (what is finished is kept: run again once it can be written)`,
    );
    expect(failing).toThrow('it is broken');
    expect(readFileSync(writer.path, 'utf8')).toBe(
      line.repeat(Math.floor(1500 / Buffer.byteLength(line))),
    );
    expect(read().warnings).toEqual([]);
  });

  it('passes on the reason of the file system', () => {
    const writeBytes = () => {
      throw Object.assign(new Error('ENOSPC: …'), { code: 'ENOSPC' });
    };
    const writer = openWriter(folder, { what: 'trials', writeBytes });
    expect(() => writer.write('x\n')).toThrow(': no space left on the device');
  });

  it('says in one line that a folder cannot be written, before anything trains', () => {
    const file = join(folder, 'results');
    writeFileSync(file, '');
    expect(() => openJournal({ folder: join(file, 'deeper') }).prepare()).toThrow(
      `cannot read the journal ${join(file, 'deeper')}: not a folder`,
    );
    expect(() => openWriter(file, { what: 'trials' })).toThrow(
      `cannot write the journal ${file}: not a folder`,
    );
  });

  it('says that a folder is read-only', () => {
    chmodSync(folder, 0o555);
    const root = process.getuid?.() === 0;
    // Nothing is read-only to root, so root becomes nobody for a moment.
    if (root) process.seteuid?.(65534);
    try {
      expect(() => openJournal({ folder }).prepare()).toThrow(
        /^cannot write the journal .*trials-000001.ndjson: permission denied/,
      );
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  it('holds nothing where the folder does not exist', () => {
    expect(openJournal({ folder: join(folder, 'not', 'yet') }).size).toBe(0);
    expect(memoryJournal().size).toBe(0);
  });
});
