import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { powerLawAt, powerLawFit } from './power-law.ts';

const sizes = [8, 16, 32, 64, 128, 256];
const law = { floor: 0.1, amplitude: 2, exponent: 0.7 };
const draw = (normal: () => number, noise: number, of = law) =>
  sizes.map((n) => sampleOf(5, normal).map((z) => powerLawAt(of, n) * Math.exp(noise * z)));

describe('powerLawFit', () => {
  it('finds an exact law', () => {
    const fit = powerLawFit(
      sizes,
      draw(() => 0, 0),
      { seed: 1, resamples: 20 },
    );
    // 30 steps of the fit end within a thousandth.
    expect(fit.law.floor).toBeCloseTo(law.floor, 3);
    expect(fit.law.exponent).toBeCloseTo(law.exponent, 3);
    expect(fit.law.amplitude / law.amplitude).toBeCloseTo(1, 2);
    expect(fit).toMatchObject({ floorIdentified: true, exponentIdentified: true });
  });

  it('covers exponent and floor about as often as it says', () => {
    const simulations = 60;
    const inside = (which: 'exponent' | 'floor') =>
      simulatedShare(simulations, (normal, i) => {
        const fit = powerLawFit(sizes, draw(normal, 0.03), { seed: i, resamples: 150 });
        const [low, high] = fit[which].interval;
        return low <= law[which] && law[which] <= high;
      });
    // Few seeds and a curved model cost some coverage: 0.03 allowed beside the simulation's error.
    expect(inside('exponent')).toBeGreaterThan(0.92 - shareError(0.95, simulations));
    expect(inside('floor')).toBeGreaterThan(0.92 - shareError(0.95, simulations));
  });

  it('scales with the loss and leaves the exponent', () => {
    const one = draw(
      (() => {
        let k = 0;
        return () => Math.sin(++k);
      })(),
      0.01,
    );
    const fit = powerLawFit(sizes, one, { seed: 1, resamples: 20 });
    const tenfold = powerLawFit(
      sizes,
      one.map((row) => row.map((v) => 10 * v)),
      { seed: 1, resamples: 20 },
    );
    expect(tenfold.law.exponent).toBeCloseTo(fit.law.exponent, 3);
    expect(tenfold.law.floor / fit.law.floor).toBeCloseTo(10, 1);
  });

  it('seldom sees a floor that is not there', () => {
    const pure = { floor: 0, amplitude: 2, exponent: 0.4 };
    const seen = simulatedShare(40, (normal, i) => {
      return powerLawFit(sizes, draw(normal, 0.03, pure), { seed: i, resamples: 150 })
        .floorIdentified;
    });
    // One tail of a 95 % interval.
    expect(seen).toBeLessThan(0.025 + shareError(0.025, 40));
  });

  it('says that a flat loss has no exponent', () => {
    const flat = sizes.map((_, i) =>
      Array.from({ length: 5 }, (_, s) => 1 + 0.05 * Math.sin(9 * i + 5 * s * s)),
    );
    expect(powerLawFit(sizes, flat, { seed: 3, resamples: 200 }).exponentIdentified).toBe(false);
  });

  it('refuses what it cannot fit', () => {
    expect(() =>
      powerLawFit(
        [1, 2, 4],
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        { seed: 0 },
      ),
    ).toThrow('too little data');
    expect(() =>
      powerLawFit(
        [1, 2, 4, 8],
        [
          [1, 1],
          [1, 1],
          [1, 0],
          [1, 1],
        ],
        { seed: 0 },
      ),
    ).toThrow('unusable value: 0');
  });
});
