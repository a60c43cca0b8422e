import { expect, it } from 'vitest';
import { sharpness } from './turn.ts';

const batches = [1, 4, 16, 64, 256, 1024];

it.each([0.5, 1, 2])('the sharpness of a turn is found: p = %d', (p) => {
  const points = batches.map((batch) => ({
    batch,
    logSteps: Math.log(30) + Math.log(1 + (50 / batch) ** p) / p,
  }));
  // The search ends at a thousandth of ln p.
  expect(Math.log(sharpness(points) / p)).toBeCloseTo(0, 2);
});

it('a corner is found as sharp as the search goes', () => {
  const corner = batches.map((batch) => ({ batch, logSteps: Math.log(Math.max(1, 50 / batch)) }));
  expect(sharpness(corner)).toBeGreaterThan(6);
});
