import { expect, it } from 'vitest';
import { countOf, indexOf, levelsAt, placeOf, pointAt, stepsBetween } from './lattice.ts';

const axes = [
  { name: 'samples', levels: [16, 64, 256] },
  { name: 'noise', levels: [0.5] },
  { name: 'leap', levels: [1, 2] },
];

it('numbers every member once, and finds it again by its number', () => {
  const points = Array.from({ length: countOf(axes) }, (_, index) => pointAt(axes, index));
  expect(new Set(points.map(String)).size).toBe(6);
  points.forEach((point, index) => {
    expect(indexOf(axes, point)).toBe(index);
  });
});

it('puts members into the unit cube at even distances, an axis without a choice in its middle', () => {
  expect(placeOf(axes, [1, 0, 1])).toEqual([0.5, 0.5, 1]);
  expect(levelsAt(axes, [1, 0, 1])).toEqual({ samples: 64, noise: 0.5, leap: 2 });
  expect(stepsBetween([0, 0, 1], [2, 0, 0])).toBe(3);
});
