import { describe, expect, it } from 'vitest';
import { gaussian, uniform } from '../testing/landscape.ts';
import { countOf, type Point, placeOf, pointAt } from './lattice.ts';
import { finalistsOf, searchFamily } from './search-family.ts';

const axes = [
  { name: 'samples', levels: [1, 2, 3, 4, 5, 6, 7, 8] },
  { name: 'noise', levels: [1, 2, 3, 4, 5] },
  { name: 'dimension', levels: [1, 2, 3, 4] },
  { name: 'leap', levels: [1, 2, 3] },
];
const members = countOf(axes);
const plan = { sample: 24, rounds: 4, batch: 8, optimism: 2 };

/** A random order of the members, by the ranks of their random numbers. */
function orderOf(run: number): (rank: number) => number {
  const ranked = Array.from({ length: members }, (_, index) => ({
    index,
    at: uniform(`${run} order ${index}`),
  })).sort((a, b) => a.at - b.at);
  return (rank) => ranked[rank]!.index;
}

const NOISE = 0.05;

/** Harm −0.2 nearly everywhere, and 0.3 in one corner that holds about a hundredth of the family. */
function planted(point: Point): number {
  const [samples = 0, noise = 0, dimension = 0] = placeOf(axes, point);
  const square = (samples - 0.3) ** 2 + (noise - 1) ** 2 + (dimension - 0.66) ** 2;
  return -0.2 + 0.5 * Math.exp(-square / 0.08);
}

function run(number: number, truth: (point: Point) => number) {
  return searchFamily(axes, plan, {
    order: orderOf(number),
    measure: async (points) =>
      points.map((point) => ({
        value: truth(point) + NOISE * gaussian(`${number} ${point}`),
        variance: NOISE ** 2,
      })),
  });
}

describe('a search', () => {
  it('finds a planted counterexample that its random sample alone would miss', async () => {
    const share =
      Array.from({ length: members }, (_, i) => planted(pointAt(axes, i))).filter((h) => h > 0.1)
        .length / members;
    expect(share).toBeLessThan(0.06);
    for (const number of [1, 2, 3, 4, 5]) {
      const result = await run(number, planted);
      const [first] = finalistsOf(axes, result, 3);
      expect(planted(first!.point)).toBeGreaterThan(0.15);
      const bold = result.searched.filter(({ round }) => round > 0);
      const found = bold.filter(({ point }) => planted(point) > 0.1).length;
      // A random search would find the corner as often as it is wide.
      expect(found / bold.length).toBeGreaterThan(3 * share);
    }
  });

  it('believes less than it measured where it chose the luckiest: the winner’s curse', async () => {
    let measured = 0;
    let believed = 0;
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const [first] = finalistsOf(axes, await run(number, () => 0), 1);
      measured += first!.value / 6;
      believed += first!.mean / 6;
    }
    // The truth is 0: the finalist's measurement is luck, of the order of the noise.
    expect(measured).toBeGreaterThan(NOISE / 2);
    expect(believed).toBeLessThan(measured / 2);
  });

  it('measures every member once at most, as many as planned, the same ones each time', async () => {
    const [one, other] = [await run(7, planted), await run(7, planted)];
    expect(new Set(one.searched.map(({ point }) => point.join())).size).toBe(24 + 4 * 8);
    expect(one.searched).toEqual(other.searched);
    expect(one.searched.slice(0, 3).map(({ point }) => point)).toEqual(
      [0, 1, 2].map((rank) => pointAt(axes, orderOf(7)(rank))),
    );
  });

  it('puts forward members that are no neighbours', async () => {
    const finalists = finalistsOf(axes, await run(8, planted), 4);
    expect(finalists).toHaveLength(4);
    for (const a of finalists) {
      for (const b of finalists) {
        const steps = a.point.reduce((sum, level, k) => sum + Math.abs(level - b.point[k]!), 0);
        if (a !== b) expect(steps).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it('refuses a plan that the family is too small for', async () => {
    const small = [{ name: 'leap', levels: [1, 2, 3] }];
    await expect(
      searchFamily(small, plan, { order: (rank) => rank, measure: async () => [] }),
    ).rejects.toThrow('unknown search: 24 to 56 measured (2 to 3)');
  });
});
