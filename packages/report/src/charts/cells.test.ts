import { describe, expect, it } from 'vitest';
import { edgesOf, stepOf } from './cells.ts';
import { warpOf } from './warp.ts';

describe('edgesOf', () => {
  it('tiles the axis: every cell ends where the next begins, with its value in the middle', () => {
    for (const kind of ['linear', 'log2', 'symlog'] as const) {
      const warp = warpOf({}, kind);
      const values = [1, 2, 4, 8];
      const edges = edgesOf([8, 2, 1, 4, 2], warp);
      expect([...edges.keys()]).toEqual(values);
      values.slice(1).forEach((value, i) => {
        expect(edges.get(value)?.[0]).toBeCloseTo(edges.get(values[i] ?? 0)?.[1] ?? 0, 12);
      });
    }
    const [low, high] = edgesOf([1, 2, 4], warpOf({}, 'log2')).get(1) ?? [0, 0];
    expect(low * high).toBeCloseTo(1, 12);
  });
});

describe('stepOf', () => {
  it('rises with the value and keeps the ends inside', () => {
    const warp = warpOf({}, 'log10');
    expect([0.001, 0.01, 0.1, 1, 10].map((v) => stepOf(v, [0.01, 1], warp))).toEqual([
      0, 0, 12, 24, 24,
    ]);
  });
});
