import { describe, expect, it } from 'vitest';
import { basin, bestLoss, bestRateAt, readPlane, tunedAt } from './plane-readings.ts';
import { slope } from './slope.ts';

const rates = [-6, -5, -4, -3, -2, -1, 0];
const scales = [1 / 2, 1, 2];

/** log2 losses that are parabolas about a best rate, with an offset a scale and a shift a seed. */
const madeUp = (best: (scale: number) => number, offset: (scale: number) => number) =>
  readPlane(
    {
      losses: scales.map((scale) =>
        rates.map((rate) =>
          [0, 0.1, -0.1].map(
            (shift) => 2 ** (-5 + offset(scale) + shift + 0.1 * (rate - best(scale)) ** 2),
          ),
        ),
      ),
    },
    { ceiling: 1, rates, scales },
  );

describe('readings of a plane', () => {
  const invariant = madeUp(
    (scale) => -3 + 2 * Math.log2(scale),
    () => 0,
  );

  it('find the best rate, between points of the lattice too', () => {
    const found = scales.map((_, s) => bestRateAt(invariant, s)[0] as number);
    expect(slope(scales.map(Math.log2), found)).toBeCloseTo(2, 10);
    const between = madeUp(
      () => -2.7,
      () => 0,
    );
    for (const rate of bestRateAt(between, 1)) expect(rate).toBeCloseTo(-2.7, 10);
  });

  it('find the tuned loss of every seed', () => {
    tunedAt(invariant, 1).forEach((loss, seed) => {
      expect(loss).toBeCloseTo(-5 + ([0, 0.1, -0.1][seed] as number), 10);
    });
    expect(Math.log2(bestLoss(invariant))).toBeCloseTo(-5, 1);
  });

  it('count the rates of the basin', () => {
    // A loss of at most 0.128, so 0.1 (rate + 3)² up to 2.03: all 7 rates are good at scale 1.
    const [first] = basin(invariant, { reference: 2 ** -5, scales: [1] });
    expect(first).toBe(7);
    const steep = madeUp(
      () => -3,
      (scale) => (scale === 1 ? 1 : 4),
    );
    expect(basin(steep, { reference: 2 ** -4, scales: [1] })[0]).toBe(7);
    expect(basin(steep, { reference: 2 ** -4, scales: [0, 1, 2] })[0]).toBeLessThan(7);
  });

  it('take a diverged run for one that learnt nothing', () => {
    const losses = [[[null, 0.5, 7]]];
    expect(readPlane({ losses }, { ceiling: 1, rates: [0], scales: [1] }).losses).toEqual([
      [[1, 0.5, 1]],
    ]);
  });
});
