import { describe, expect, it } from 'vitest';
import { cutArrows } from './cut-arrows.ts';

const place = { facet: undefined, width: 100, height: 50, first: true, last: true };
const options = { place, domain: [1, 2] as const, x: { field: 'x' }, colour: {} };
const heights = (low: number, high: number) =>
  cutArrows([{ x: 0, low, high }], options).map(({ encoding }) => encoding);

describe('cutArrows', () => {
  it('points out of the panel at every end beyond which an interval goes on, and at no other', () => {
    expect(heights(1, 2)).toEqual([]);
    expect(heights(1.5, 3)).toMatchObject([{ y: { value: 0 } }]);
    expect(heights(-1, 1.5)).toMatchObject([{ y: { value: place.height } }]);
    expect(heights(0, 3)).toHaveLength(2);
    expect(heights(3, 4)).toEqual([]);
  });
});
