import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectResults, journalsIn } from './collect-results.ts';

describe('collectResults', () => {
  let root = '';
  const at = (...parts: string[]) => join(root, ...parts);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hyperlaw-'));
    for (const machine of ['one', 'two']) mkdirSync(at(machine));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const lines = () =>
    readdirSync(at('home')).flatMap((name) =>
      readFileSync(at('home', name), 'utf8').split('\n').filter(Boolean),
    );

  it('keeps apart what two machines called alike, whatever is there already', () => {
    writeFileSync(at('one', 'trials-000001.ndjson'), 'a\nb\n');
    writeFileSync(at('two', 'trials-000001.ndjson'), 'c\n');
    mkdirSync(at('home'));
    writeFileSync(at('home', 'trials-000001.ndjson'), 'own\n');
    expect(collectResults(at('one'), at('home'))).toEqual({ files: 1, lines: 2 });
    expect(collectResults(at('two'), at('home'))).toEqual({ files: 1, lines: 1 });
    expect(lines().sort()).toEqual(['a', 'b', 'c', 'own']);
    expect(readdirSync(at('home')).every((name) => name.startsWith('trials-'))).toBe(true);
  });

  it('done again takes what is new, and nothing twice', () => {
    writeFileSync(at('one', 'runs-000001.ndjson'), 'a\n');
    collectResults(at('one'), at('home'));
    expect(collectResults(at('one'), at('home'))).toEqual({ files: 0, lines: 0 });
    appendFileSync(at('one', 'runs-000001.ndjson'), 'b\n');
    expect(collectResults(at('one'), at('home'))).toEqual({ files: 1, lines: 1 });
    expect(lines()).toEqual(['a', 'b']);
  });

  it('keeps apart two writers that began alike, however they grow', () => {
    writeFileSync(at('one', 'grants-000001.ndjson'), 'same\na\n');
    writeFileSync(at('two', 'grants-000001.ndjson'), 'same\nb\n');
    for (const machine of ['one', 'two', 'one']) collectResults(at(machine), at('home'));
    expect(lines().sort()).toEqual(['a', 'b', 'same', 'same']);
    appendFileSync(at('two', 'grants-000001.ndjson'), 'c\n');
    expect(collectResults(at('two'), at('home'))).toEqual({ files: 1, lines: 1 });
    expect(lines().sort()).toEqual(['a', 'b', 'c', 'same', 'same']);
  });

  it('passes over what is no journal', () => {
    writeFileSync(at('one', 'notes.md'), 'hello\n');
    expect(journalsIn(at('one'))).toEqual([]);
    expect(journalsIn(at('nowhere'))).toEqual([]);
    writeFileSync(at('one', 'trials-000001.ndjson'), 'torn');
    expect(collectResults(at('one'), at('home'))).toEqual({ files: 0, lines: 0 });
  });
});
