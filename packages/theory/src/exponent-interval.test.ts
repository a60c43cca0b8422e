import { describe, expect, it } from 'vitest';
import { envelopeFit } from './envelope-fit.ts';
import { exponentInterval } from './exponent-interval.ts';
import { isoFlopFit } from './iso-flop-fit.ts';
import { parametricFit } from './parametric-fit.ts';
import type { ScalingCurve } from './scaling-curves.ts';
import { parameterShare, type ScalingLaw } from './scaling-law.ts';
import {
  type PlantedNoise,
  plantedCurves,
  plantedGrid,
  plantedIsoFlops,
} from './testing/planted-curves.ts';
import { plantedLaws } from './testing/planted-laws.ts';
import { normalSource, uniformSource } from './testing/random.ts';

/** Share of simulated experiments whose 95 % interval covers the planted exponent. */
function coverage(
  law: ScalingLaw,
  make: (law: ScalingLaw, noise: PlantedNoise) => ScalingCurve[],
  estimator: (curves: readonly ScalingCurve[]) => (curves: readonly ScalingCurve[]) => number,
  repetitions: number,
): number {
  const normal = normalSource(41);
  const random = uniformSource(42);
  let covered = 0;
  for (let r = 0; r < repetitions; r++) {
    const curves = make(law, { normal, deviation: 0.005, seeds: 3 });
    const { interval } = exponentInterval(curves, estimator(curves), { random, resamples: 80 });
    const truth = parameterShare(law);
    if (interval[0] <= truth && truth <= interval[1]) covered += 1;
  }
  return covered / repetitions;
}

/** Three binomial standard errors below a share. */
const below = (share: number, repetitions: number): number =>
  share - 3 * Math.sqrt((share * (1 - share)) / repetitions);

describe('95 % intervals of the exponent of N_opt cover the planted one', () => {
  it.each(plantedLaws)('approach 1, at 90 % or more: law %#', (law) => {
    const estimator = () => (curves: readonly ScalingCurve[]) =>
      envelopeFit(curves, { budgets: 100 }).exponent;
    expect(coverage(law, plantedCurves, estimator, 30)).toBeGreaterThan(below(0.9, 30));
  });

  it.each(plantedLaws)('approach 2: law %#', (law) => {
    const estimator = () => (curves: readonly ScalingCurve[]) => isoFlopFit(curves).exponent;
    expect(coverage(law, plantedIsoFlops, estimator, 60)).toBeGreaterThan(below(0.95, 60));
  });

  it.each(plantedLaws)('approach 3: law %#', (law) => {
    const estimator = (measured: readonly ScalingCurve[]) => {
      const { law: start } = parametricFit(measured);
      return (curves: readonly ScalingCurve[]) =>
        parametricFit(curves, { starts: [start] }).exponent;
    };
    expect(coverage(law, plantedGrid, estimator, 30)).toBeGreaterThan(below(0.95, 30));
  });
});

describe('an interval', () => {
  const [law] = plantedLaws as [ScalingLaw];
  const exponentOf = (curves: readonly ScalingCurve[]) => isoFlopFit(curves).exponent;

  it('of single seeds from given residuals is as wide as that of seeds with that noise', () => {
    const width = (seeds: number, residuals?: readonly number[]) => {
      const curves = plantedIsoFlops(law, { normal: normalSource(5), deviation: 0.003, seeds });
      const { interval } = exponentInterval(curves, exponentOf, {
        random: uniformSource(6),
        resamples: 400,
        ...(residuals && { residuals }),
      });
      return interval[1] - interval[0];
    };
    const normal = normalSource(7);
    const residuals = Array.from({ length: 500 }, () => 0.003 * Math.hypot(1, 1 / 3) * normal());
    // Means of four seeds scatter half as much; widths are known to about 5 % each.
    expect(width(1, residuals) / width(4)).toBeGreaterThan(1.7);
    expect(width(1, residuals) / width(4)).toBeLessThan(2.3);
  });

  it('of few resamples covers what it says', () => {
    const normal = normalSource(51);
    const random = uniformSource(52);
    const meanLog = ([curve]: readonly ScalingCurve[]) =>
      (curve?.losses ?? []).reduce((sum, [loss]) => sum + Math.log(loss as number), 0) /
      (curve?.losses.length ?? 0);
    const repetitions = 1000;
    let covered = 0;
    for (let r = 0; r < repetitions; r++) {
      const losses = Array.from({ length: 50 }, () => [Math.exp(0.1 * normal())]);
      const { interval } = exponentInterval([{ parameters: 1, tokens: [1], losses }], meanLog, {
        ...{ random, resamples: 39 },
      });
      if (interval[0] <= 0 && 0 <= interval[1]) covered += 1;
    }
    // Of 39 draws the least and the largest are the ends; percentiles of the sample would cover 0.90.
    expect(covered / repetitions).toBeGreaterThan(below(0.95, repetitions));
  });

  it('vanishes without noise, and is the same for the same random numbers', () => {
    const curves = plantedIsoFlops(law, { normal: () => 0, deviation: 0, seeds: 2 });
    const { interval } = exponentInterval(curves, exponentOf, { random: uniformSource(1) });
    expect(interval[1] - interval[0]).toBeLessThan(1e-12);
    const noisy = plantedIsoFlops(law, { normal: normalSource(1), deviation: 0.01, seeds: 2 });
    const draw = () =>
      exponentInterval(noisy, exponentOf, { random: uniformSource(9), resamples: 20 });
    expect(draw()).toEqual(draw());
  });

  it('refuses single seeds without residuals', () => {
    const curves = plantedIsoFlops(law, { normal: () => 0, deviation: 0, seeds: 1 });
    expect(() => exponentInterval(curves, exponentOf, { random: () => 0 })).toThrow(
      /^one seed at /,
    );
  });
});
