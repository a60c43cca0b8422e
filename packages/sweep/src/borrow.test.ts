import { describe, expect, it } from 'vitest';
import { borrowed } from './borrow.ts';
import { defineProtocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import type { Setting, Space } from './space.ts';

const space: Space = [
  { name: 'learningRate', base: 1, min: -2, max: 2, limits: [-5, 5] },
  { name: 'initScale', base: 1, min: -1, max: 1 },
];
const protocol = defineProtocol({ borrow: 2 });

const scored = (setting: Setting, loss: number | null): Scored => ({
  setting,
  record: {
    key: setting.join(),
    status: loss === null ? 'diverged' : 'finished',
    ...{ loss, divergedAt: null, seconds: 0, flops: 0 },
  },
});
const left = [scored([1, 0], 0.1), scored([0, 0], 0.2), scored([-1, 0], 0.3)];
const right = [scored([2, 1], 5), scored([2, 0], 4), scored([1, 1], 6)];
const take = (neighbours: readonly (readonly Scored[])[], own: readonly Scored[] = [], count = 9) =>
  borrowed(space, protocol, own, neighbours, count);

describe('what an arm borrows', () => {
  it('are the best of each neighbour, first those that are best of all there', () => {
    expect(take([left, right])).toEqual([
      [1, 0],
      [2, 0],
      [0, 0],
      [2, 1],
    ]);
  });

  it('depends on no order of the neighbours, nor on the level of their losses', () => {
    const worse = left.map(({ setting, record }) => scored(setting, 10 + (record.loss ?? 0)));
    expect(take([right, left])).toEqual(take([left, right]));
    expect(take([worse, right])).toEqual(take([left, right]));
  });

  it('is never measured a second time, nor beyond its own limits, nor twice', () => {
    const far = [scored([7, 0], 0), scored([0, 2], 0)];
    expect(take([left, far, left], [scored([1, 0], 3)])).toEqual([[0, 0]]);
  });

  it('is no more than it may', () => {
    expect(take([left, right], [], 3)).toHaveLength(3);
    expect(take([left, right], [], 0)).toEqual([]);
  });

  it('is nothing from a neighbour that diverged everywhere', () => {
    expect(take([[scored([1, 0], null), scored([0, 1], null)]])).toEqual([]);
    expect(take([[scored([1, 0], null), scored([0, 1], 1)]])).toEqual([[0, 1]]);
  });
});
