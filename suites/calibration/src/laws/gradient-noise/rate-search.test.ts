import { describe, expect, it } from 'vitest';
import { fewestSteps } from './crossing.ts';
import { interior, narrowed } from './rate-search.ts';

/** Steps fall as 1/rate up to a cliff. */
const cliff = async (rates: readonly number[]) =>
  rates.map((rate) => ({ rate, steps: rate < 0.9 ? 100 / rate : null }));
const valley = async (rates: readonly number[]) =>
  rates.map((rate) => ({ rate, steps: 10 * Math.exp(0.1 * Math.log(rate / 0.01) ** 2) }));

describe('the search of a rate', () => {
  it('goes beyond either end until the best lies inside', async () => {
    for (const first of [
      [5e-4, 1e-3],
      [0.2, 0.4],
    ]) {
      expect(fewestSteps(await interior(first, valley, 1e6))?.steps).toBeCloseTo(10, 9);
    }
  });

  it('goes beyond the lower end whatever the rounding of logarithms', async () => {
    for (let i = 1; i <= 36; i++) {
      const low = 0.01 * 2 ** (i / 12);
      expect((await interior([low, 1.5 * low], valley, 1e6))[0]?.rate).toBeLessThan(0.01);
    }
  });

  it('comes close to a cliff', async () => {
    const found = fewestSteps(await narrowed(await interior([0.1, 0.2], cliff, 1e6), cliff, 1e6));
    // Four halvings of a gap of at most a factor of two leave 2^{1/16} of it.
    expect(found?.rate).toBeGreaterThan(0.9 / 2 ** (1 / 16));
    expect(found?.edge).toBe(false);
  });

  it('ends where no rate ever arrives', async () => {
    const never = async (rates: readonly number[]) => rates.map((rate) => ({ rate, steps: null }));
    expect(fewestSteps(await narrowed(await interior([1, 2], never, 10), never, 10))).toBeNull();
  });
});
