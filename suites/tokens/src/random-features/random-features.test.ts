import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { randomFeatureErrors } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { measureBestFit } from './best-fit.ts';
import { measureOnePass } from './one-pass.ts';
import { counterpart, divisionsOf } from './task.ts';

const laboratory = cpuLaboratory();
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the counterpart of the language', () => {
  it('leaves k^−a to a learner of the first k modes, of a target of variance 1', () => {
    const { coefficients } = counterpart(0.5, 2 ** 16);
    const tail = (k: number) =>
      Array.from(coefficients)
        .slice(k)
        .reduce((sum, v) => sum + v ** 2, 0);
    expect(tail(0)).toBeCloseTo(1, 12);
    // Less what is cut off beyond the last mode.
    expect(Math.log2(tail(32) / tail(128))).toBeCloseTo(1, 1);
  });

  it('is divided in powers of two', () => {
    const limits = { features: [2, 16], samples: [8, 64] } as const;
    expect(divisionsOf(7, limits)).toEqual([
      [64, 2],
      [32, 4],
      [16, 8],
      [8, 16],
    ]);
  });
});

describe('one pass of SGD over random features', () => {
  it('has the errors that the exact recursion expects of its features', async () => {
    const sizes = [
      [64, 4],
      [64, 16],
      [512, 4],
      [512, 16],
    ] as const;
    const { measured, expected } = await measureOnePass.onePass(
      {
        ...{ difficulty: 0.7, modes: 60, sizes, batch: 4, rates: [0.25, 1], draws: 24, seed: 5 },
      },
      laboratory,
    );
    for (const size of sizes.keys()) {
      for (const rate of [0, 1]) {
        const ratios = measured.map(
          (draw, d) => Number(draw[size]?.[rate]) / Number(expected[d]?.[size]?.[rate]),
        );
        const scatter = Math.sqrt(mean(ratios.map((r) => (r - mean(ratios)) ** 2)) / 24);
        // Four standard errors of 24 draws.
        expect(Math.abs(mean(ratios) - 1)).toBeLessThan(4 * scatter + 1e-3);
      }
    }
  });

  it('says where a rate is too large, and goes on with the others', async () => {
    const { measured, expected } = await measureOnePass.onePass(
      {
        ...{ difficulty: 0.7, modes: 60, sizes: [[4096, 8]], batch: 4 },
        ...{ rates: [0.5, 1e4], draws: 1, seed: 6 },
      },
      laboratory,
    );
    expect(measured[0]?.[0]?.[0]).toBeLessThan(0.5);
    expect(measured[0]?.[0]?.[1]).toBeNull();
    expect(expected[0]?.[0]?.[1]).toBeNull();
  });
});

describe('random features fitted to the end', () => {
  it('have the errors of the eigenframework at its best ridge', async () => {
    const sizes = [
      [32, 64],
      [64, 32],
    ] as const;
    const input = { difficulty: 0.7, modes: 200, sizes, draws: 24, seed: 7 };
    const { measured, expected } = await measureBestFit.bestFit(input, laboratory);
    for (const s of [0, 1]) {
      const errors = measured.map((draw) => draw[s] as number);
      const scatter = Math.sqrt(mean(errors.map((e) => (e - mean(errors)) ** 2)) / 24);
      // Four standard errors, and terms of order 1/min(n, k) that the framework leaves out.
      const off = Math.abs(mean(errors) - Number(expected[s]));
      expect(off).toBeLessThan(4 * scatter + Number(expected[s]) / 32);
    }
    const [n, k] = sizes[0];
    const ridgeless = randomFeatureErrors(counterpart(0.7, 200), {
      ...{ samples: n, features: k, ridge: 0 },
    });
    expect(Number(expected[0])).toBeLessThanOrEqual(ridgeless.test);
  });
});
