import { expect, it } from 'vitest';
import { frameOffsets } from './frame-offsets.ts';

it('two directions are off by the mean of −ln|cos| of a uniform angle', () => {
  const [first, last] = frameOffsets(2) as [number, number];
  expect(first).toBeCloseTo(Math.LN2, 12);
  expect(last).toBeCloseTo(-Math.LN2, 12);
});

it('the determinant is not off, and the fastest are the slowest of the inverse', () => {
  const offsets = frameOffsets(7);
  expect(offsets.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
  offsets.forEach((offset, i) => {
    expect(offset).toBeCloseTo(-(offsets[6 - i] as number), 12);
  });
});
