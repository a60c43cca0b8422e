import { describe, expect, it } from 'vitest';
import { normalSource, uniformSource } from './random.ts';
import { armContrast, armScatter, slopeWeights } from './tuned-arms.ts';

const x = [3, 4, 5, 6, 7, 8];

describe('arm scatter', () => {
  it('is nothing about a parabola and the classical residual mean square about a line', () => {
    const parabola = x.map((t) => 2 - t + 0.3 * t * t);
    expect(armScatter([{ x, means: parabola }])?.variance).toBeLessThan(1e-25);
    // Anscombe's first quartet has residual sum of squares 13.76 on 9 degrees of freedom.
    const quartet = {
      x: [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
      means: [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
    };
    const { variance, degrees } = armScatter([quartet], { degree: 1 }) ?? {
      variance: 0,
      degrees: 0,
    };
    expect(degrees).toBe(9);
    expect(variance * degrees).toBeCloseTo(13.763, 3);
  });

  it('pools groups by their degrees of freedom, and is null where a trend takes them all', () => {
    const noisy = { x, means: [0, 1, 0, -1, 0, 1] };
    const [one, two] = [armScatter([noisy]), armScatter([noisy, noisy])];
    expect(two?.degrees).toBe(2 * (one?.degrees ?? 0));
    expect(two?.variance).toBeCloseTo(one?.variance ?? 0, 12);
    expect(armScatter([{ x: [3, 4, 5], means: [1, 2, 1] }])).toBeNull();
  });
});

describe('contrast of tuned arms', () => {
  it('has the least-squares slope as its estimate, whatever seeds have in common', () => {
    const rows = [0, 5, -3].map((shift) => x.map((t) => shift - 0.25 * t));
    const { estimate, pValue } = armContrast(rows, slopeWeights(x), { scatter: null });
    expect(estimate).toBeCloseTo(-0.25, 12);
    expect(pValue).toBeLessThan(1e-9);
  });

  it('takes the wider of the two errors', () => {
    const rows = [0.1, -0.1, 0.05].map((tilt) => x.map((t) => tilt * t));
    const seedsOnly = armContrast(rows, slopeWeights(x), { scatter: null });
    const width = ({ interval: [low, high] }: typeof seedsOnly) => high - low;
    const quiet = { variance: 1e-9, degrees: 6 };
    const loud = { variance: 9, degrees: 6 };
    expect(width(armContrast(rows, slopeWeights(x), { scatter: quiet }))).toBe(width(seedsOnly));
    expect(width(armContrast(rows, slopeWeights(x), { scatter: loud }))).toBeGreaterThan(
      width(seedsOnly),
    );
  });

  it('rejects no effect at its level where tuning adds noise that seeds do not show', () => {
    const normal = normalSource(uniformSource(11));
    const runs = 2000;
    let scattered = 0;
    let seedsAlone = 0;
    for (let run = 0; run < runs; run++) {
      const tuned = x.map(() => 0.05 * normal());
      const rows = Array.from({ length: 5 }, () => tuned.map((t) => t + 0.03 * normal()));
      const means = x.map((_, arm) => rows.reduce((sum, row) => sum + (row[arm] ?? 0) / 5, 0));
      const scatter = armScatter([{ x, means }]);
      if (armContrast(rows, slopeWeights(x), { scatter }).pValue <= 0.05) scattered++;
      if (armContrast(rows, slopeWeights(x), { scatter: null }).pValue <= 0.05) seedsAlone++;
    }
    // Three binomial standard errors above 5 %.
    expect(scattered / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(seedsAlone / runs).toBeGreaterThan(0.3);
  });

  it('refuses what it cannot use', () => {
    expect(() => slopeWeights([3, 3])).toThrow('too few arms: 2 (2 different x or more)');
    expect(() => armContrast([[1, 2]], [1, -1], { scatter: null })).toThrow('too few seeds: 1');
    expect(() =>
      armContrast(
        [
          [1, Number.NaN],
          [1, 2],
        ],
        [1, -1],
        { scatter: null },
      ),
    ).toThrow('unusable row: [1, NaN] (2 finite numbers, one an arm)');
  });
});
