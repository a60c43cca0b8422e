import { expect, it } from 'vitest';
import { digamma, erf, trigamma } from './special-functions.ts';

// Round-off of a few units in the last place: everything here is known in closed form.
const DIGITS = 13;

it('digamma and trigamma have their values at ½ and 1, and step by 1/x and −1/x²', () => {
  const euler = 0.5772156649015329;
  expect(digamma(1)).toBeCloseTo(-euler, DIGITS);
  expect(digamma(0.5)).toBeCloseTo(-euler - 2 * Math.LN2, DIGITS);
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, DIGITS);
  expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, DIGITS);
  for (const x of [0.3, 1.7, 12.5]) {
    expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, DIGITS);
    expect(trigamma(x + 1) - trigamma(x)).toBeCloseTo(-1 / x ** 2, 12);
  }
});

it('erf is odd and has its tabulated value at ½', () => {
  expect(erf(0.5)).toBeCloseTo(0.5204998778130465, DIGITS);
  expect(erf(-0.5)).toBe(-erf(0.5));
  expect([erf(6), erf(6.1), erf(-40), erf(Infinity)]).toEqual([1, 1, -1, 1]);
});
