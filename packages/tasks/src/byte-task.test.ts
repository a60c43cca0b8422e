import { describe, expect, it } from 'vitest';
import { tokenize, windowsOf } from './byte-task.ts';
import { loadTask } from './registry.ts';
import type { Split, Task } from './task.ts';
import { declarationFolder, readDeclarations } from './typescript-declarations.ts';

const law = {
  kind: 'typescript-bytes',
  context: 8,
  codeDim: 4,
  vocabulary: 'all',
  instance: 0,
} as const;

function sequence(task: Task, seed: number, split: Split) {
  const stream = task.stream(seed, split);
  if (stream.kind !== 'sequence') throw new Error('not a text');
  return stream;
}

describe('windows', () => {
  it.each([
    [1_000_000, 8],
    [163_840, 100],
    [163_839, 1],
    [500_000, 1000],
    [700_007, 33],
  ])('of a text of %i bytes, context %i, tile the splits without overlap', (length, context) => {
    const owner = new Uint8Array(length);
    for (const [mark, split] of [
      [1, 'train'],
      [2, 'test'],
      [3, 'validation'],
    ] as const) {
      const { count, position } = windowsOf(length, context, split);
      let last = -1;
      for (let i = 0; i < count; i++) {
        const at = position(i);
        if (at <= last) throw new Error(`window ${i} begins at ${at}, not after ${last}`);
        last = at;
        // The ends decide: a window is shorter than a block, so it cannot step over one.
        for (const token of [at, at + context]) {
          if (token >= length || (owner[token] !== 0 && owner[token] !== mark)) {
            throw new Error(`window at ${at} reaches ${token}`);
          }
          owner[token] = mark;
        }
      }
    }
    const test = owner.filter((mark) => mark === 2).length / length;
    // A tenth in all, less where the text ends inside a period or begins.
    expect(test).toBeLessThan(0.101);
  });

  it('refuses a context longer than the text allows', () => {
    expect(() => windowsOf(1000, 8, 'test')).toThrow(
      'unknown context: 8 (too long for a text of 1000 bytes)',
    );
  });
});

describe('tokenize', () => {
  it('numbers bytes by frequency, and joins the rarest under a cap', () => {
    const bytes = new TextEncoder().encode('aaabbc');
    expect(tokenize(bytes, 'all')).toEqual({
      tokens: Int32Array.from([0, 0, 0, 1, 1, 2]),
      vocabulary: 3,
    });
    expect(tokenize(bytes, 2)).toEqual({
      tokens: Int32Array.from([0, 0, 0, 1, 1, 1]),
      vocabulary: 2,
    });
    expect(tokenize(bytes, 256).vocabulary).toBe(3);
  });
});

describe('typescript-bytes', () => {
  it('reads the declarations that the lockfile pins', async () => {
    const task = await loadTask(law, { data: '/nowhere' });
    expect(task.data).toEqual([
      {
        name: 'typescript/lib.*.d.ts',
        // Of typescript 7.0.2; it changes with that version and with nothing else.
        sha256: 'ae4f7ced24e5681c71dc1823a7ec71e05529b8d43fa9f754b7609fed60292420',
      },
    ]);
    const { tokens, codes, vocabulary } = sequence(task, 0, 'train');
    expect(tokens.length).toBeGreaterThan(2_500_000);
    expect(codes).toHaveLength(vocabulary * 4);
    expect(task.output).toEqual({ kind: 'classes', count: vocabulary });
    expect(task.inputDim).toBe(32);
    expect(sequence(task, 5, 'test').tokens).toBe(tokens);
  });

  it('shows the same text on another platform, through whichever package is installed', async () => {
    const here = declarationFolder();
    expect(declarationFolder({ platform: 'win32', arch: 'none' })).toBe(here);
    const bytes = await readDeclarations({ platform: 'win32', arch: 'none' });
    expect(bytes.includes(13)).toBe(false);
    expect(Buffer.from(bytes.subarray(0, 200)).toString()).toContain('Microsoft Corporation');
  });

  it('gives positions by seed, split and step alone, each once an epoch', async () => {
    const task = await loadTask(law, { data: '/nowhere' });
    const batch = (seed: number, split: Split, step: number) => {
      const out = new Int32Array(64);
      sequence(task, seed, split).positions(step, 64, out);
      return out;
    };
    expect(batch(0, 'train', 9)).toEqual(batch(0, 'train', 9));
    expect(batch(0, 'train', 9)).not.toEqual(batch(1, 'train', 9));
    const test = sequence(task, 0, 'test');
    const { count } = windowsOf(test.tokens.length, 8, 'test');
    const all = new Int32Array(count);
    test.positions(0, count, all);
    expect(new Set(all).size).toBe(count);
  });
});
