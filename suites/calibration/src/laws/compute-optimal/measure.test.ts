import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { parameterShare } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { tokensPerParameter } from './claims.ts';
import { measureComputeOptimal } from './measure.ts';
import { approaches, CHINCHILLA, noise, planted } from './plan.ts';

const laboratory = cpuLaboratory();
const measure = measureComputeOptimal.scalingFits;

describe.each(Object.entries(planted))('planted: %s', (_, law) => {
  it.each(approaches)('is found by the %s approach where nothing scatters', async (approach) => {
    const {
      exponents,
      intervals,
      tokensPerParameter: ratios,
    } = await measure(
      {
        ...{ approach, law, repetitions: 1, resamples: 2, compute: CHINCHILLA, seed: 1 },
        noise: { betweenSeeds: 0, withinCurve: 0, seeds: 2 },
      },
      laboratory,
    );
    // The staircase of sizes leaves the envelope 0.01.
    expect(Math.abs((exponents[0] ?? 0) - parameterShare(law))).toBeLessThan(0.01);
    expect(intervals[0]?.[0]).toBeCloseTo(intervals[0]?.[1] ?? 0, 8);
    if (ratios) expect((ratios[0] ?? 0) / tokensPerParameter(law)).toBeCloseTo(1, 3);
  });
});

it('is the same for the same seed, and another for another', async () => {
  const [law] = Object.values(planted) as [(typeof planted)[string]];
  const run = (seed: number) =>
    measure(
      {
        ...{ approach: 'isoflop', law, noise, repetitions: 2, resamples: 5 },
        ...{ compute: CHINCHILLA, seed },
      },
      laboratory,
    );
  expect(await run(3)).toEqual(await run(3));
  expect((await run(3)).exponents).not.toEqual((await run(4)).exponents);
});
