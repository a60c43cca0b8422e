import { describe, expect, it } from 'vitest';
import { memoryParts } from './memory-parts.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7];

describe('parts of nets', () => {
  it('are one where all fit', () => {
    expect(memoryParts(seeds, 1000, 'processor')).toEqual([seeds]);
  });

  it('are of about equal size, in order, and no larger than memory should hold', () => {
    // Five nets would fit: two parts, of four and three.
    expect(memoryParts(seeds, 2 ** 23 / 5, 'processor')).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ]);
  });

  it('have one net each where two do not fit', () => {
    expect(memoryParts(seeds, 2 ** 24, 'processor')).toEqual(seeds.map((seed) => [seed]));
    expect(memoryParts(seeds, 2 ** 24, 'gpu')).toEqual([seeds]);
  });

  it('are none of nothing', () => {
    expect(memoryParts([], 1000, 'processor')).toEqual([]);
  });
});
