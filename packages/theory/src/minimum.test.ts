import { expect, it } from 'vitest';
import { minimumOn } from './minimum.ts';

it('finds the bottom of a valley', () => {
  const { at, value } = minimumOn((x) => Math.cosh(x - 1.3), [-5, 5]);
  // Values tell places apart only to the square root of round-off, 1.5e-8.
  expect(Math.abs(at - 1.3)).toBeLessThan(5e-8);
  expect(value).toBeCloseTo(1, 14);
});

it('takes an end where the function is monotone', () => {
  expect(minimumOn((x) => x, [2, 3]).at).toBe(2);
  expect(minimumOn((x) => -x, [2, 3]).at).toBe(3);
});

it('takes the deeper of two valleys', () => {
  expect(minimumOn((x) => (x * x - 1) ** 2 + 0.1 * x, [-3, 3]).at).toBeCloseTo(-1.012, 3);
});
