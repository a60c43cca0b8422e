import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { modeCourse, smallStartStrengths, timeToStrength } from '@hyperlaw/theory';
import { expect, it } from 'vitest';
import { type CourseInput, linearCourse } from './course.ts';
import { whitenedTask } from './whitened-task.ts';

const small: CourseInput = {
  ...{ layers: 3, width: 6, inputDim: 5, outputDim: 4, singularValues: [2, 1] },
  start: { kind: 'aligned', initial: 0.05 },
  ...{ learningRate: 2e-3, every: 50, points: 30, seeds: [1, 2] },
};

it('inputs are whitened', () => {
  const { x } = whitenedTask({ ...small, examples: 12 }).data;
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) {
      let moment = 0;
      for (let e = 0; e < 12; e++) moment += (x[e * 5 + i] ?? 0) * (x[e * 5 + j] ?? 0);
      // Float32's round-off.
      expect(moment / 12).toBeCloseTo(i === j ? 1 : 0, 6);
    }
  }
});

it('a net from an aligned start is the exact solution up to the rate', async () => {
  const laboratory = cpuLaboratory();
  const { strengths, losses, halves } = await linearCourse(small, laboratory);
  await laboratory.device.close();
  const times = Array.from({ length: 31 }, (_, i) => 0.1 * i);
  for (const net of [0, 1]) {
    small.singularValues.forEach((singularValue, k) => {
      const mode = { depth: 3, singularValue, initial: 0.05 };
      const exact = modeCourse(mode, times);
      // ηs < 0.4 % of the time, at which modes move by up to about their strength in a unit.
      exact.forEach(({ strength }, i) => {
        expect(Math.abs((strengths[net]?.[k]?.[i] ?? 0) - strength)).toBeLessThan(0.01);
      });
      const half = timeToStrength(mode, singularValue / 2);
      expect((halves[net]?.[k] ?? 0) / half).toBeCloseTo(1, 2);
    });
    // ½ Σ (s − a₀)² at the start.
    expect(losses[net]?.[0]).toBeCloseTo((1.95 ** 2 + 0.95 ** 2) / 2, 4);
  }
});

it('a random start has the strengths that its growing directions say', async () => {
  const laboratory = cpuLaboratory();
  const start = { kind: 'random', deviation: 1e-3 } as const;
  const input = { ...small, layers: 2, start, every: 200, seeds: [7] };
  const { growing, halves } = await linearCourse(input, laboratory);
  await laboratory.device.close();
  smallStartStrengths(growing[0] ?? []).forEach((initial, k) => {
    const singularValue = small.singularValues[k] as number;
    const half = timeToStrength({ depth: 2, singularValue, initial }, singularValue / 2);
    expect((halves[0]?.[k] ?? 0) / half).toBeCloseTo(1, 2);
  });
});
