import { describe, expect, it } from 'vitest';
import { gaussian } from '../testing/landscape.ts';
import { fitProcess } from './fit-prior.ts';
import { gaussianProcess } from './gaussian-process.ts';
import { covariance } from './kernel.ts';

const prior = { common: 0.5, signal: 1, lengths: [0.3, 0.6], nugget: 0 };
const places = Array.from({ length: 12 }, (_, i) => [((i * 7) % 12) / 12, (i % 5) / 5]);
const observed = places.map((place, i) => ({
  place,
  value: gaussian(`value ${i}`),
  variance: 0.1,
}));

describe('a Gaussian process', () => {
  it('goes through exact observations and is sure of them', () => {
    const exact = observed.map((each) => ({ ...each, variance: 1e-10 }));
    const { mean, deviation } = gaussianProcess(prior, exact).believe(places);
    exact.forEach(({ value }, i) => {
      expect(mean[i]).toBeCloseTo(value, 5);
      expect(deviation[i]).toBeLessThan(1e-4);
    });
  });

  it('falls back on its prior far from everything observed', () => {
    const far = [[40, 40]];
    const alone = gaussianProcess({ ...prior, common: 0 }, observed).believe(far);
    expect(alone.mean[0]).toBeCloseTo(0, 10);
    expect(alone.deviation[0]).toBeCloseTo(1, 10);
  });

  it('of one observation is the textbook formula', () => {
    const [one] = observed;
    const at = [0.4, 0.1];
    const own = covariance(prior, one!.place, one!.place) + one!.variance;
    const cross = covariance(prior, one!.place, at);
    const { mean, deviation } = gaussianProcess(prior, [one!]).believe([at]);
    expect(mean[0]).toBeCloseTo((cross / own) * one!.value, 12);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(1.25 - cross ** 2 / own), 12);
  });

  it('expects a measurement as if it had been made: the same deviations, whatever the value', () => {
    const ahead = gaussianProcess(prior, observed).believe([
      [0.9, 0.9],
      [0.7, 0.8],
      [0.1, 0.3],
    ]);
    const before = [...ahead.mean];
    ahead.expect(0);
    const made = gaussianProcess(prior, [
      ...observed,
      { place: [0.9, 0.9], value: 123, variance: 1e-12 },
    ]).believe([
      [0.9, 0.9],
      [0.7, 0.8],
      [0.1, 0.3],
    ]);
    for (const i of [1, 2]) expect(ahead.deviation[i]).toBeCloseTo(made.deviation[i]!, 6);
    expect([...ahead.mean]).toEqual(before);
  });
});

describe('fitProcess', () => {
  const wavy = Array.from({ length: 60 }, (_, i) => {
    const place = [((i * 37) % 60) / 60, ((i * 17) % 60) / 60];
    const value = Math.sin(6 * place[0]!) + 0.1 * gaussian(`noise ${i}`);
    return { place, value, variance: 0 };
  });

  it('finds which axis matters, and how noisy measurements are', () => {
    const { lengths, nugget } = fitProcess(wavy).prior;
    expect(lengths[1]! / lengths[0]!).toBeGreaterThan(2);
    // The noise is 0.1; its sample of 60 knows it to a tenth, the pattern search to a quarter in the logarithm.
    expect(nugget).toBeGreaterThan(0.05);
    expect(nugget).toBeLessThan(0.2);
  });

  it('is the same process in other units', () => {
    const scaled = wavy.map((each) => ({ ...each, value: 1000 * each.value }));
    const [one, other] = [wavy, scaled].map((each) => fitProcess(each).believe([[0.3, 0.5]]));
    expect(other!.mean[0]! / one!.mean[0]!).toBeCloseTo(1000, 6);
    expect(other!.deviation[0]! / one!.deviation[0]!).toBeCloseTo(1000, 6);
  });

  it('copes with values that are all the same, and refuses none at all', () => {
    const flat = wavy.map((each) => ({ ...each, value: 0 }));
    expect(fitProcess(flat).believe([[0.5, 0.5]]).mean[0]).toBeCloseTo(0, 12);
    expect(() => fitProcess([])).toThrow('nothing observed: [] (at least one value)');
  });
});
