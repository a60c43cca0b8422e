import { describe, expect, it } from 'vitest';
import { crossing, fewestSteps, geometricSteps } from './crossing.ts';

const steps = geometricSteps(1, 1000, 1.12);

describe('the step of a crossing', () => {
  it('is exact for power laws, whatever the checkpoints', () => {
    const losses = [steps.map((t) => 3 * t ** -0.5)];
    expect(crossing(steps, losses, 0.3)).toBeCloseTo(100, 9);
  });

  it('is that of the mean over runs, and null where a run has no loss before', () => {
    const runs = [steps.map((t) => 2 / t), steps.map((t) => 4 / t)];
    expect(crossing(steps, runs, 0.3)).toBeCloseTo(10, 9);
    expect(crossing(steps, [runs[0] ?? [], steps.map(() => null)], 0.3)).toBeNull();
    expect(crossing(steps, runs, 1e-9)).toBeNull();
  });
});

describe('the fewest steps', () => {
  const valley = (rate: number) => 100 * Math.exp(0.3 * Math.log(rate / 0.2) ** 2);
  const tried = (rates: readonly number[]) => rates.map((rate) => ({ rate, steps: valley(rate) }));

  it('are those of the valley, though its lowest point was not tried', () => {
    const found = fewestSteps(tried([0.12, 0.17, 0.24, 0.34]));
    expect(found?.steps).toBeCloseTo(100, 9);
    expect(found?.rate).toBeCloseTo(0.2, 9);
  });

  it('are the best that was tried below a cliff, and marked at an edge', () => {
    expect(fewestSteps(tried([0.12, 0.17]))).toMatchObject({
      edge: true,
      rate: expect.closeTo(0.17, 12),
    });
    expect(
      fewestSteps([
        { rate: 0.1, steps: 900 },
        { rate: 0.2, steps: 100 },
        { rate: 0.4, steps: null },
      ]),
    ).toEqual({ edge: false, rate: expect.closeTo(0.2, 12), steps: expect.closeTo(100, 9) });
    expect(fewestSteps([{ rate: 1, steps: null }])).toBeNull();
  });
});
