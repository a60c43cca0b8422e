import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { equilibriumAngle } from '@hyperlaw/theory';
import { expect, it } from 'vitest';
import { coinFlips, hiddenOnly, residualNet, teacher } from './nets.ts';
import { normCourse } from './norm-course.ts';

it('a norm grows by the sum of squared updates, and turns as they say', async () => {
  const laboratory = cpuLaboratory();
  const { weights } = await normCourse(
    {
      ...{ task: teacher, model: residualNet('rms'), optimizer: 'sgd', batch: 8, decay: false },
      ...{ settings: [{ learningRate: 0.05, 'learningRate/hidden': 10 }], steps: 20, every: 10 },
      ...{ from: 0, seeds: [1] },
    },
    laboratory,
  );
  await laboratory.device.close();
  expect(weights[0]?.[0]).toHaveLength(2);
  for (const { squares, growth, means } of weights[0]?.[0] ?? []) {
    expect(squares).toHaveLength(3);
    const [start = 0, , end = 0] = squares;
    // Float32 holds squared norms of 30 to 2e-6.
    expect(end - start).toBeCloseTo(growth[2] as number, 4);
    expect(means.update).toBeCloseTo((growth[2] as number) / 20, 6);
  }
});

it.each(['sgd', 'signsgd'] as const)('decay is told from updates: %s', async (optimizer) => {
  const laboratory = cpuLaboratory();
  const [learningRate, weightDecay] = optimizer === 'sgd' ? [1e4, 1e-6] : [0.05, 0.2];
  const { weights } = await normCourse(
    {
      ...{ task: coinFlips(2), model: residualNet('layer', { depth: 1, activation: 'tanh' }) },
      ...{ optimizer, batch: 16, decay: true, steps: 400, every: 400, from: 200, seeds: [3] },
      settings: [{ learningRate, weightDecay, ...hiddenOnly('layer'), 'initScale/output': 0.002 }],
    },
    laboratory,
  );
  await laboratory.device.close();
  const { means } = weights[0]?.[0]?.[0] ?? {};
  // All entries move by the rate: a Pythagorean 1024 η².
  if (optimizer === 'signsgd') expect(means?.update).toBeCloseTo(1024 * 0.05 ** 2, 3);
  const angle = equilibriumAngle({ learningRate, decay: weightDecay });
  // Norms still fluctuate over 200 steps, two to five relaxation times.
  expect(Math.abs(Math.sqrt(means?.angle ?? 0) / angle - 1)).toBeLessThan(0.1);
});
