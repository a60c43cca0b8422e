import { describe, expect, it } from 'vitest';
import { criticalBatchSize, fitBatchTradeOff, tradeOffAt } from './batch-trade-off.ts';
import { linearGradientMoments, simpleNoiseScale } from './gradient-noise.ts';
import { expectedLossCurve } from './sgd-linear.ts';
import { bestConstantRate, greedyRate, greedySteps } from './steps-to-target.ts';

const spectrum = Array.from({ length: 40 }, (_, k) => (k + 1) ** -1);
const problem = { eigenvalues: spectrum, labelNoise: 0.3 };
const initialSquaredErrors = spectrum.map(() => 1);

describe('the best constant rate', () => {
  it.each([2, 16, 128, Number.POSITIVE_INFINITY])(
    'is better than its neighbours, batch %d',
    (batchSize) => {
      const targetLoss = 0.05;
      const { steps, learningRate } = bestConstantRate(problem, {
        batchSize,
        initialSquaredErrors,
        targetLoss,
      });
      const reachedIn = (rate: number) => {
        const curve = expectedLossCurve(problem, {
          learningRate: rate,
          batchSize,
          initialSquaredErrors,
          steps: Math.ceil(2 * steps),
        });
        const t = curve.findIndex((loss) => loss <= targetLoss);
        if (t < 0) return Number.POSITIVE_INFINITY;
        const [before, after] = [curve[t - 1] as number, curve[t] as number];
        return t - 1 + Math.log(before / targetLoss) / Math.log(before / after);
      };
      expect(reachedIn(learningRate)).toBeCloseTo(steps, 9);
      for (const factor of [0.5, 0.9, 0.98, 1.02, 1.1]) {
        expect(reachedIn(factor * learningRate)).toBeGreaterThanOrEqual(steps);
      }
    },
  );

  it('trades steps for examples much as the hyperbola says', () => {
    const points = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((batchSize) =>
      bestConstantRate(problem, { batchSize, initialSquaredErrors, targetLoss: 0.1 }),
    );
    const law = fitBatchTradeOff(points);
    // The hyperbola is a model, not exact for a spectrum with one constant rate: 2 % of S here, while S spans a decade.
    expect(law.relativeError).toBeLessThan(0.03);
    expect((points[0] as { steps: number }).steps / law.minimumSteps).toBeGreaterThan(15);
    expect(tradeOffAt(law, criticalBatchSize(law)).steps / law.minimumSteps).toBeCloseTo(2, 12);
  });
});

describe('the greedy rate', () => {
  it('is 1/(1 + B_simple/B) on unit inputs', () => {
    const eigenvalues = [1, 1, 1, 1, 1];
    const residual = [1, 2, -1, 0.5, 0];
    const squaredErrors = residual.map((r) => r * r);
    const noise = simpleNoiseScale(
      linearGradientMoments({ eigenvalues, residual, labelNoise: 0.4 }),
    );
    for (const batchSize of [1, 7, 200]) {
      expect(greedyRate({ eigenvalues, labelNoise: 0.4 }, batchSize, squaredErrors)).toBeCloseTo(
        1 / (1 + noise / batchSize),
        12,
      );
    }
  });

  it('lowers the loss of one step more than other rates', () => {
    const batchSize = 3;
    const best = greedyRate(problem, batchSize, initialSquaredErrors);
    const after = (learningRate: number) =>
      expectedLossCurve(problem, {
        learningRate,
        batchSize,
        initialSquaredErrors,
        steps: 1,
      })[1] as number;
    for (const factor of [0.9, 0.99, 1.01, 1.1]) {
      expect(after(factor * best)).toBeGreaterThan(after(best));
    }
  });

  it('takes ln(target)/ln(1 − 1/(1 + (d + 1)/B)) steps on unit inputs without label noise', () => {
    const eigenvalues = Array<number>(6).fill(1);
    const batchSize = 4;
    const { steps } = greedySteps(
      { eigenvalues },
      { batchSize, initialSquaredErrors: eigenvalues, targetLoss: 3e-4 },
    );
    expect(steps).toBeCloseTo(Math.log(1e-4) / Math.log(1 - 1 / (1 + 7 / batchSize)), 9);
  });
});

it('refuses a target that is no target', () => {
  const race = { batchSize: 1, initialSquaredErrors };
  expect(() => bestConstantRate(problem, { ...race, targetLoss: 0 })).toThrow(
    /^unknown target loss: 0/,
  );
  expect(() => greedySteps(problem, { ...race, targetLoss: 9 })).toThrow(/^unknown target loss: 9/);
});
