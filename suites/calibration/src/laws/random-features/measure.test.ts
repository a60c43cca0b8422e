import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { mean } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { expectedErrors } from './errors.ts';
import { measureRandomFeatures } from './measure.ts';
import { type Spectrum, taskOf } from './spectra.ts';

const laboratory = cpuLaboratory();
const spectrum: Spectrum = { kind: 'power-law', modes: 80, capacity: 1.3, source: 1.5, noise: 0.2 };

describe('errors of random-feature regressions', () => {
  it('are about those expected, on blocks of one draw', async () => {
    const sizes = [
      [30, 50],
      [50, 30],
    ] as const;
    const { test, train } = await measureRandomFeatures.randomFeatures(
      { spectrum, sizes, ridges: [0.1, 'optimal'], draws: 20, seed: 1 },
      laboratory,
    );
    sizes.forEach((size, s) => {
      ([0.1, 'optimal'] as const).forEach((ridge, r) => {
        const expected = expectedErrors(taskOf(spectrum), size, ridge);
        const ratio = mean(test.map((draw) => draw[s]?.[r] as number)) / expected.test;
        // A draw scatters by 15 to 20 %, so twenty by 4 %; three of that.
        expect(Math.abs(ratio - 1)).toBeLessThan(0.12);
        const trained = mean(train.map((draw) => draw[s]?.[r] as number)) / expected.train;
        expect(Math.abs(trained - 1)).toBeLessThan(0.25);
      });
    });
  });

  it('are those of the zero function under an endless ridge', async () => {
    const { test } = await measureRandomFeatures.randomFeatures(
      { spectrum, sizes: [[10, 20]], ridges: [1e9], draws: 2, seed: 2 },
      laboratory,
    );
    // The target's variance is 1, and 0.04 is the label noise.
    for (const draw of test) expect(draw[0]?.[0]).toBeCloseTo(1.04, 6);
  });
});
