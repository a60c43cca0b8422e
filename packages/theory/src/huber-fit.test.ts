import { describe, expect, it } from 'vitest';
import { huberFit } from './huber-fit.ts';

describe('huberFit', () => {
  const line = (ys: readonly number[], delta: number) => ({
    points: ys.length,
    delta,
    evaluate: (
      [a = 0, b = 0]: readonly number[],
      residuals: Float64Array,
      jacobian: Float64Array,
    ) => {
      ys.forEach((y, x) => {
        residuals[x] = a + b * x - y;
        jacobian.set([1, x], 2 * x);
      });
    },
  });

  it('is least squares where no residual is large', () => {
    const { parameters, objective } = huberFit(line([1, 2, 2, 3], 100), [0, 0]);
    expect(parameters[0]).toBeCloseTo(1.1, 8);
    expect(parameters[1]).toBeCloseTo(0.6, 8);
    expect(objective).toBeCloseTo(0.1, 12);
  });

  it('is the median of a constant where all are', () => {
    const ys = [0, 1, 2, 50, 1000];
    const constant = {
      points: 5,
      delta: 1e-6,
      evaluate: ([a = 0]: readonly number[], residuals: Float64Array, jacobian: Float64Array) => {
        ys.forEach((y, i) => {
          residuals[i] = a - y;
          jacobian[i] = 1;
        });
      },
    };
    // Reweighting creeps up on a point, so the tolerance is on the objective; the place follows to about 1 %.
    expect(huberFit(constant, [300], { maxIterations: 1000 }).parameters[0]).toBeCloseTo(2, 1);
  });

  it('minimises the Huber function of a nonlinear problem', () => {
    const xs = [0, 0.5, 1, 1.5, 2, 3];
    const ys = xs.map((x, i) => 2 * Math.exp(-0.7 * x) + (i === 2 ? 0.5 : 0.01 * (i % 2)));
    const problem = {
      points: xs.length,
      delta: 0.02,
      evaluate: (
        [a = 0, k = 0]: readonly number[],
        residuals: Float64Array,
        jacobian: Float64Array,
      ) => {
        xs.forEach((x, i) => {
          residuals[i] = a * Math.exp(-k * x) - (ys[i] as number);
          jacobian.set([Math.exp(-k * x), -a * x * Math.exp(-k * x)], 2 * i);
        });
      },
    };
    const { parameters, objective } = huberFit(problem, [1, 0.1]);
    const at = (p: readonly number[]) => huberFit(problem, p, { maxIterations: 0 }).objective;
    for (const [da, dk] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
      [0.01, 0.01],
      [-0.01, 0.01],
    ] as const) {
      expect(at([(parameters[0] ?? 0) + da, (parameters[1] ?? 0) + dk])).toBeGreaterThan(objective);
    }
    // The outlier at the third point hardly matters.
    expect(parameters[0]).toBeCloseTo(2, 1);
    expect(parameters[1]).toBeCloseTo(0.7, 1);
  });
});
