import { expect, it } from 'vitest';
import { constantLoss } from './constant-loss.ts';
import { loadTask } from './registry.ts';

it('is what predicting 0 costs in a regression, noise included', async () => {
  const task = await loadTask(
    { kind: 'noisy-linear', inputDim: 8, noise: 0.5, instance: 0 },
    { data: '' },
  );
  const stream = task.stream(1, 'train');
  if (stream.kind !== 'dense') throw new Error('a stream of fresh examples');
  const batch = 20_000;
  const y = new Float32Array(batch);
  stream.fill(0, batch, new Float32Array(8 * batch), y);
  const measured = y.reduce((sum, value) => sum + value * value, 0) / batch;
  // Variance of y² is 2 (1 + σ²)²: five standard errors.
  expect(Math.abs(measured - constantLoss(task))).toBeLessThan(5 * 1.25 * Math.sqrt(2 / batch));
});

it('is that of the law behind a fixed training set', () => {
  const of = { kind: 'noisy-linear', inputDim: 8, noise: 2, instance: 0 } as const;
  const law = { kind: 'finite', of, samples: 16 } as const;
  const output = { kind: 'regression', dim: 1 } as const;
  expect(constantLoss({ law, output })).toBe(5);
  expect(constantLoss({ law: { ...law, heldOut: 'clean' }, output })).toBe(1);
});

it('is a uniform guess among classes', async () => {
  const task = await loadTask(
    { kind: 'parity', inputDim: 8, sparsity: 2, output: 'classes', flip: 0, instance: 0 },
    { data: '' },
  );
  expect(constantLoss(task)).toBe(Math.log(2));
});
