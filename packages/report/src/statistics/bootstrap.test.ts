import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import {
  bootstrapInterval,
  bootstrapStratified,
  expandedPercentile,
  resample,
} from './bootstrap.ts';
import { uniformSource } from './random.ts';

const average = (sample: readonly number[]): number => mean(sample as number[]);

describe('bootstrapInterval', () => {
  it('covers a mean about as often as it says', () => {
    const simulations = 400;
    const covered = simulatedShare(simulations, (normal, i) => {
      const { interval } = bootstrapInterval(sampleOf(30, normal), average, {
        seed: i,
        resamples: 400,
      });
      return interval[0] <= 0 && 0 <= interval[1];
    });
    // The bootstrap's own error is of the order of 1/n: 0.02 below 0.95 at n = 30.
    expect(covered).toBeGreaterThan(0.93 - shareError(0.93, simulations));
    expect(covered).toBeLessThan(0.95 + shareError(0.95, simulations));
  });

  it('respects a transformation of the statistic', () => {
    const sample = sampleOf(25, uniformSource(4));
    const plain = bootstrapInterval(sample, average, { seed: 2 });
    const logs = bootstrapInterval(sample, (s) => Math.log(average(s)), { seed: 2 });
    // Exact but for the acceleration, which the jackknife finds in either scale, and interpolation.
    expect(Math.exp(logs.interval[0])).toBeCloseTo(plain.interval[0], 2);
    expect(Math.exp(logs.interval[1])).toBeCloseTo(plain.interval[1], 2);
  });

  it('repeats with its seed', () => {
    const run = () => bootstrapInterval([1, 5, 2, 8, 3], average, { seed: 3 });
    expect(run()).toEqual(run());
  });

  it('refuses nothing and what is not a number', () => {
    expect(() => bootstrapInterval([], average, { seed: 0 })).toThrow('empty stratum');
    expect(() => bootstrapInterval([1, 2], () => Number.NaN, { seed: 0 })).toThrow(
      'unusable statistic',
    );
  });
});

describe('bootstrapStratified', () => {
  it('is as skewed beside a large stratum as without it', () => {
    const small = [0.1, 0.2, 0.2, 0.3, 0.4, 0.6, 0.8, 1.1, 2.2, 4.1];
    const large = sampleOf(1000, uniformSource(6));
    const centre = average(large);
    const alone = bootstrapInterval(small, average, { seed: 1 });
    const beside = bootstrapStratified(
      [large, small],
      ([a = [], b = []]) => average(a) - centre + average(b),
      { seed: 1 },
    );
    // The large stratum widens it by 0.3 %; ends of 2,000 draws are known to about 0.05.
    expect(beside.interval[0]).toBeCloseTo(alone.interval[0], 1);
    expect(Math.abs(beside.interval[1] - alone.interval[1])).toBeLessThan(0.1);
  });

  it('covers the difference of two means of unlike strata', () => {
    const simulations = 300;
    const covered = simulatedShare(simulations, (normal, i) => {
      const strata = [sampleOf(20, normal), sampleOf(40, normal).map((value) => 3 + 2 * value)];
      const { interval } = bootstrapStratified(
        strata,
        ([a = [], b = []]) => average(b) - average(a),
        { seed: i, resamples: 300 },
      );
      return interval[0] <= 3 && 3 <= interval[1];
    });
    expect(covered).toBeGreaterThan(0.93 - shareError(0.93, simulations));
  });
});

describe('expandedPercentile', () => {
  it('covers a mean of five as often as it says, where the plain percentiles do not', () => {
    const simulations = 500;
    const covered = simulatedShare(simulations, (normal, i) => {
      const sample = sampleOf(5, normal);
      const uniform = uniformSource(i);
      const draws = Array.from({ length: 1500 }, () => average(resample(sample, uniform)));
      const [low, high] = expandedPercentile(draws, { count: 5 });
      return low <= 0 && 0 <= high;
    });
    // Five values have 126 resamples, so its far tails are coarse: 0.02 allowed beside the simulation's error.
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02 + shareError(0.95, simulations));
  });
});
