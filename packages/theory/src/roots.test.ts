import { describe, expect, it } from 'vitest';
import { findRoot } from './roots.ts';

/** Root and number of evaluations. */
function search(f: (x: number) => number, low: number, high: number) {
  let count = 0;
  const root = findRoot(
    (x) => {
      count += 1;
      return f(x);
    },
    { low, high },
  );
  return { root, count };
}

describe('findRoot', () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ['a line', (x) => 3 * x - 1, -5, 7, 1 / 3],
    ['cos x = x', (x) => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    ['√2', (x) => x * x - 2, 0, 1e6, Math.SQRT2],
    ['a steep exponential', (x) => Math.exp(20 * x) - 5, -3, 3, Math.log(5) / 20],
    ['a falling function', (x) => 1 / x - 4, 0.01, 100, 0.25],
    ['a jump', (x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
  ])('finds the root of %s', (_, f, low, high, expected) => {
    const { root, count } = search(f, low, high);
    // A triple root is flat over ε^{1/3}; the others are found to round-off.
    expect(Math.abs(root - expected)).toBeLessThan(
      f(expected + 1e-6) < 1e-17 && f(expected) === 0 ? 1e-5 : 1e-14,
    );
    // Bisection alone would take 53 evaluations and more.
    expect(count).toBeLessThan(100);
  });

  it('interpolates smooth functions', () => {
    expect(search((x) => Math.exp(x) - 2, 0, 2).count).toBeLessThan(15);
  });

  it('finds a flat root as closely as the function tells it', () => {
    // (x − 1)³ is below 1e-18 within 1e-6 of its root.
    expect(search((x) => (x - 1) ** 3, -4, 10).root).toBeCloseTo(1, 5);
  });

  it('tells signs apart where their product would underflow', () => {
    expect(() => findRoot(() => 1e-200, { low: 0, high: 1 })).toThrow(/^no change of sign/);
  });

  it('stops at the tolerance asked for', () => {
    const root = findRoot((x) => x ** 2 - 2, { low: 0, high: 2, tolerance: 1e-3 });
    expect(Math.abs(root - Math.SQRT2)).toBeLessThan(1e-3);
  });

  it('takes an end that is a root', () => {
    expect(findRoot((x) => x, { low: 0, high: 1 })).toBe(0);
    expect(findRoot((x) => x, { low: -1, high: 0 })).toBe(0);
  });

  it('refuses a bracket without a change of sign and a function without a value', () => {
    expect(() => findRoot((x) => x * x + 1, { low: -1, high: 1 })).toThrow(
      'no change of sign: f(-1) = 2, f(1) = 2 (one below zero, one above)',
    );
    expect(() => findRoot(() => Number.NaN, { low: -1, high: 1 })).toThrow(/^no change of sign/);
    expect(() =>
      findRoot((x) => (Math.abs(x) < 0.9 ? Number.NaN : x), { low: -1, high: 1 }),
    ).toThrow(/^no value: /);
  });
});
