import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { expectedLossCurve, simpleNoiseScale, twoBatchMoments } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { crossing } from './crossing.ts';
import { linearDescent } from './linear-descent.ts';
import { initialSquaredErrors, powerLaw, problem } from './linear-regression.ts';
import { netRace } from './net-race.ts';
import { noiseScale } from './noise-scale.ts';
import { noiseScaleOf } from './trade-off.ts';

const laboratory = cpuLaboratory();

describe('what is measured', () => {
  it('is descent on the population where the batch has its second moments', async () => {
    const checkpoints = [1, 2, 5, 10];
    const { losses } = await linearDescent(
      {
        law: powerLaw,
        batch: 'population',
        rates: [0.05, 0.1],
        groups: 1,
        perGroup: 1,
        checkpoints,
        seed: 1,
      },
      laboratory,
    );
    [0.05, 0.1].forEach((learningRate, r) => {
      const expected = expectedLossCurve(problem, {
        ...{ learningRate, batchSize: Number.POSITIVE_INFINITY, initialSquaredErrors, steps: 10 },
      });
      checkpoints.forEach((step, k) => {
        // Float32 over ten steps.
        expect((losses[r]?.[0]?.[k] ?? 0) / (expected[step] as number)).toBeCloseTo(1, 5);
      });
    });
  });

  it('has the gradient’s noise scale within its scatter', async () => {
    const sizes = { small: { batch: 2, count: 64 }, big: { batch: 64, count: 16 } };
    const { small, big } = await noiseScale(
      { inputDim: 4, noise: 1, ...sizes, groups: 20, seed: 1 },
      laboratory,
    );
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    const found = simpleNoiseScale(
      twoBatchMoments(
        { batchSize: 2, squaredNorm: mean(small) },
        { batchSize: 64, squaredNorm: mean(big) },
      ),
    );
    // d + 1 + σ²d = 9; its standard error is about 0.6 here.
    expect(Math.abs(found - 9)).toBeLessThan(2.5);
  });

  it('is a race of nets to a loss that some rate reaches', async () => {
    const race = await netRace(
      {
        law: {
          ...{ kind: 'teacher', inputDim: 4, outputDim: 1, width: 4, depth: 1 },
          ...{ activation: 'linear', noise: 0.1, instance: 0 },
        },
        model: { kind: 'mlp', width: 8, depth: 1, activation: 'tanh', bias: true, centred: false },
        optimizer: 'sgd',
        batch: 32,
        target: 0.3,
        firstRates: [0.05, 0.2],
        seeds: [1, 2],
        maxSteps: 200,
      },
      laboratory,
    );
    const steps = race.losses.map((losses) => crossing(race.checkpoints, losses, 0.3) ?? Infinity);
    const best = steps.indexOf(Math.min(...steps));
    expect(best).toBeGreaterThan(0);
    expect(best).toBeLessThan(steps.length - 1);
    expect(race.arrived && noiseScaleOf(race.arrived)).toBeGreaterThan(noiseScaleOf(race.start));
  });
});
