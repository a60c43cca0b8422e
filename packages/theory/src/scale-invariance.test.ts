import { describe, expect, it } from 'vitest';
import {
  effectiveRate,
  equilibriumAngle,
  equilibriumSquaredNorm,
  freeSquaredNorm,
  nextSquaredNorm,
  normalizedEquilibriumSquaredNorm,
  squaredNormCurve,
} from './scale-invariance.ts';
import { normalSource } from './testing/random.ts';

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/** Gradient of ½ Σ λ_i w_i²/‖w‖², scale-invariant. */
function rayleighGradient(w: readonly number[]): number[] {
  const square = dot(w, w);
  const quotient = w.reduce((sum, value, i) => sum + (i + 1) * value * value, 0) / square;
  return w.map((value, i) => ((i + 1 - quotient) * value) / square);
}

/** A random gradient of a scale-invariant loss: Gaussian, across w, over ‖w‖. G is dimension − 1 in the mean. */
function randomGradient(w: readonly number[], normal: () => number): number[] {
  const draw = w.map(normal);
  const square = dot(w, w);
  const along = dot(draw, w) / square;
  return draw.map((value, i) => (value - along * (w[i] as number)) / Math.sqrt(square));
}

describe('a scale-invariant weight', () => {
  it('grows by exactly η²‖g‖² a step, and turns as at norm 1 with the effective rate', () => {
    const w = [3, -1, 2, 0.5];
    const gradient = rayleighGradient(w);
    expect(dot(w, gradient)).toBeCloseTo(0, 14);
    const square = dot(w, w);
    const learningRate = 0.7;
    const next = w.map((value, i) => value - learningRate * (gradient[i] as number));
    const unit = w.map((value) => value / Math.sqrt(square));
    const unitGradient = rayleighGradient(unit);
    const step = { learningRate, unitGradientSquared: dot(unitGradient, unitGradient) };
    expect(nextSquaredNorm(step, square)).toBeCloseTo(dot(next, next), 12);
    const turned = unit.map(
      (value, i) => value - effectiveRate(learningRate, square) * (unitGradient[i] as number),
    );
    // The same direction: the cosine is 1.
    expect(dot(turned, next) / Math.sqrt(dot(turned, turned) * dot(next, next))).toBeCloseTo(1, 14);
  });

  it('grows as t^{1/4} without decay', () => {
    const step = { learningRate: 0.05, unitGradientSquared: 3 };
    const run = { initial: 1, steps: 100_000 };
    const exact = squaredNormCurve(step, run)[run.steps] as number;
    const free = freeSquaredNorm(step, run);
    expect(exact / free).toBeCloseTo(1, 3);
    const lead = ((step.learningRate ** 2 * 3) / (2 * free)) * Math.log(free);
    // Next orders are smaller by η²G/‖w₀‖⁴ < 1 %.
    expect((exact - free) / lead).toBeCloseTo(1, 1);
    expect(
      freeSquaredNorm(step, { initial: 1, steps: 1.6e9 }) /
        freeSquaredNorm(step, { initial: 1, steps: 1e8 }),
    ).toBeCloseTo(4, 3);
  });

  it.each(['sgd', 'fixed length'] as const)(
    'settles at the norm and angle predicted: %s',
    (kind) => {
      const normal = normalSource(4);
      const dimension = 200;
      const [learningRate, decay] = [0.1, 0.2];
      let w = Array.from({ length: dimension }, () => 0.3 * normal());
      let [norms, cosines, count] = [0, 0, 0];
      for (let t = 0; t < 1200; t++) {
        const gradient = randomGradient(w, normal);
        const scale = kind === 'sgd' ? 1 : 1 / Math.sqrt(dot(gradient, gradient));
        const next = w.map(
          (value, i) =>
            (1 - learningRate * decay) * value - learningRate * scale * (gradient[i] as number),
        );
        if (t >= 200) {
          norms += dot(next, next);
          cosines += dot(w, next) / Math.sqrt(dot(w, w) * dot(next, next));
          count += 1;
        }
        w = next;
      }
      const expected =
        kind === 'sgd'
          ? equilibriumSquaredNorm({ learningRate, decay, unitGradientSquared: dimension - 1 })
          : normalizedEquilibriumSquaredNorm({ learningRate, decay, updateNorm: 1 });
      // ‖g‖² fluctuates by √(2/199) = 10 % a step, averaged over a relaxation time of 12 steps and then over the run.
      expect(norms / count / expected).toBeCloseTo(1, 2);
      expect(cosines / count).toBeCloseTo(Math.cos(equilibriumAngle({ learningRate, decay })), 3);
    },
  );

  it('stays at its equilibrium, which it approaches at the rate given', () => {
    const step = { learningRate: 0.01, decay: 0.5, unitGradientSquared: 7 };
    const fixed = equilibriumSquaredNorm(step);
    expect(nextSquaredNorm(step, fixed) / fixed).toBeCloseTo(1, 14);
    const moved = (nextSquaredNorm(step, fixed * (1 + 1e-6)) / fixed - 1) / 1e-6;
    // Second order in the deviation of 1e-6.
    expect(moved).toBeCloseTo(2 * (1 - 0.005) ** 2 - 1, 5);
    // (ηG/2λ)^{1/4} to first order in ηλ = 0.005.
    expect(Math.sqrt(fixed) / ((0.01 * 7) / (2 * 0.5)) ** 0.25).toBeCloseTo(1, 2);
  });

  it('has no equilibrium without decay', () => {
    expect(() => equilibriumSquaredNorm({ learningRate: 1, unitGradientSquared: 1 })).toThrow(
      'no equilibrium: rate × decay = 0 (between 0 and 1)',
    );
  });
});
