import { describe, expect, it } from 'vitest';
import { seedOf, seedsOf } from './seeds.ts';

describe('seeds', () => {
  it('of roles and replicates never meet', () => {
    const all = [0, 1, 2].flatMap((replicate) => [
      ...seedsOf('tuning', 100, replicate),
      ...seedsOf('judging', 100, replicate),
    ]);
    expect(new Set(all).size).toBe(600);
    expect(seedOf('tuning', 65535)).toBeLessThan(seedOf('judging', 0));
    expect(seedOf('judging', 65535)).toBeLessThan(seedOf('tuning', 0, 1));
  });

  it('are unsigned 32-bit integers', () => {
    expect(seedOf('judging', 65535, 32767)).toBe(2 ** 32 - 1);
  });

  it('refuse what would overlap', () => {
    expect(() => seedOf('tuning', 65536)).toThrow('unknown seed index: 65536');
    expect(() => seedOf('tuning', -1)).toThrow('unknown seed index: -1');
    expect(() => seedOf('tuning', 0, 32768)).toThrow('unknown replicate: 32768');
  });
});
