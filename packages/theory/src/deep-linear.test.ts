import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type DeepLinearMode, modeCourse, timeToStrength } from './deep-linear.ts';
import { descend, mapOf, randomOrthogonal } from './testing/linear-net.ts';
import { normalSource } from './testing/random.ts';

/** a(t) by the classical Runge–Kutta rule on the equation itself. */
function rungeKutta(
  { depth, singularValue, initial }: DeepLinearMode,
  time: number,
  steps: number,
) {
  const slope = (a: number) => depth * a ** (2 - 2 / depth) * (singularValue - a);
  let a = initial;
  const h = time / steps;
  for (let i = 0; i < steps; i++) {
    const k1 = slope(a);
    const k2 = slope(a + (h * k1) / 2);
    const k3 = slope(a + (h * k2) / 2);
    const k4 = slope(a + h * k3);
    a += (h * (k1 + 2 * k2 + 2 * k3 + k4)) / 6;
  }
  return a;
}

const at = (mode: DeepLinearMode, time: number) =>
  modeCourse(mode, [time])[0] as { strength: number; gap: number };

describe('a mode of a deep linear net', () => {
  it.each([1, 2])('is the closed form at depth %i', (depth) => {
    for (const [s, a0] of [
      [2, 1e-6],
      [0.5, 0.1],
      [1, 3],
    ] as const) {
      for (const t of [0, 0.3, 2, 20]) {
        const gap =
          depth === 1
            ? (s - a0) * Math.exp(-t)
            : (s * (s / a0 - 1)) / (Math.exp(2 * s * t) - 1 + s / a0);
        const state = at({ depth, singularValue: s, initial: a0 }, t);
        // The gap too is exact to round-off, relative to itself; x = ln(a/gap) up to 100 costs two digits.
        expect(state.gap / gap).toBeCloseTo(1, 11);
        expect(state.strength + state.gap).toBeCloseTo(s, 13);
      }
    }
  });

  it.each([1, 1.5, 2, 3, 4, 7, 20])('is the solution of its equation at depth %d', (depth) => {
    for (const [s, a0] of [
      [1.3, 0.05],
      [0.6, 1.1],
    ] as const) {
      const mode = { depth, singularValue: s, initial: a0 };
      for (const t of [0.05, 0.5, 3]) {
        // Fourth-order steps of 1e-3 and less; the stiffest rate is depth · s² < 40.
        expect(at(mode, t).strength / rungeKutta(mode, t, 4000)).toBeCloseTo(1, 9);
      }
    }
  });

  it.each([2, 3, 5])(
    'is what gradient descent on matrices does, to first order in the rate: depth %i',
    (depth) => {
      const normal = normalSource(depth);
      const size = 3;
      const values = [1.5, 0.9, 0.4];
      const initial = 0.1;
      const bases = Array.from({ length: depth + 1 }, () => randomOrthogonal(size, normal));
      const between = (l: number, diagonal: readonly number[]) =>
        (bases[l + 1] as Matrix)
          .mmul(Matrix.diag([...diagonal]))
          .mmul((bases[l] as Matrix).transpose());
      const weights = Array.from({ length: depth }, (_, l) =>
        between(
          l,
          values.map(() => initial ** (1 / depth)),
        ),
      );
      const target = (bases[depth] as Matrix)
        .mmul(Matrix.diag(values))
        .mmul((bases[0] as Matrix).transpose());
      const time = 1.5;
      const exact = (bases[depth] as Matrix)
        .mmul(
          Matrix.diag(
            values.map((singularValue) => at({ depth, singularValue, initial }, time).strength),
          ),
        )
        .mmul((bases[0] as Matrix).transpose());
      const error = (steps: number) =>
        Matrix.sub(
          mapOf(descend(weights, target, { learningRate: time / steps, steps })),
          exact,
        ).norm('frobenius');
      const [coarse, fine] = [error(300), error(600)];
      expect(fine).toBeLessThan(0.01);
      // First order: half the rate, half the error, up to a next order of a few per cent.
      expect(coarse / fine).toBeGreaterThan(1.9);
      expect(coarse / fine).toBeLessThan(2.1);
    },
  );

  it('is not disturbed by a start of 1e-12 or by times beyond convergence', () => {
    const mode = { depth: 3, singularValue: 1, initial: 1e-12 };
    // From small strength, 1/(s (L − 2) a₀^{1−2/L}) dominates: 1e4 here, next terms of order 1.
    expect(timeToStrength(mode, 0.5) / 1e4).toBeCloseTo(1, 3);
    const late = at(mode, 2e4);
    expect(late.strength).toBe(1);
    expect(late.gap).toBeGreaterThanOrEqual(0);
  });
});

describe('the time to a strength', () => {
  it('is ln[(s/a₀ − 1)/(s/a − 1)]/(2s) for two layers', () => {
    const mode = { depth: 2, singularValue: 3, initial: 1e-4 };
    const expected = Math.log((3 / 1e-4 - 1) / (3 / 2.7 - 1)) / 6;
    expect(timeToStrength(mode, 2.7)).toBeCloseTo(expected, 12);
  });

  it.each([1, 2, 3, 6])('inverts the course at depth %i', (depth) => {
    for (const initial of [0.01, 5]) {
      const mode = { depth, singularValue: 2, initial };
      const { strength } = at(mode, 0.2);
      expect(timeToStrength(mode, strength) / 0.2).toBeCloseTo(1, 10);
    }
  });

  it('is 0 where the mode starts, be that its end', () => {
    for (const initial of [0.1, 0.5]) {
      expect(timeToStrength({ depth: 3, singularValue: 0.5, initial }, initial)).toBe(0);
    }
  });

  it('refuses a strength never reached, and modes and times that are none', () => {
    const mode = { depth: 2, singularValue: 1, initial: 0.1 };
    expect(() => timeToStrength(mode, 1)).toThrow('never reached: 1 (from 0.1 to below 1)');
    expect(() => timeToStrength(mode, 0.05)).toThrow(/^never reached: 0.05/);
    expect(() => modeCourse({ ...mode, initial: 0 }, [1])).toThrow(/^unknown mode: depth 2/);
    expect(() => modeCourse(mode, [-1])).toThrow('unknown time: -1 (0 or more)');
  });
});
