import { expect, it } from 'vitest';
import { flopsPerStep, parameterCount, workingSetBytes } from './flops.ts';
import type { OptimizerShape } from './shape.ts';
import { smallResidualShape, smallShape } from './testing/fixtures.ts';

const sides = { inputDim: 32, output: { kind: 'regression', dim: 1 } } as const;
const parameters = 32 * 64 + 2 * 64 * 64 + 64;
const of = (optimizer: OptimizerShape, centred = false) =>
  smallShape({ width: 64, depth: 3, batch: 64, optimizer, centred });

it('counts parameters and products, without the gradient of the input', () => {
  const sgd = of({ kind: 'sgd' });
  const flops = flopsPerStep(sgd, sides);
  expect(parameterCount(sgd, sides)).toBe(parameters);
  expect(flops).toBe(2 * 64 * (2 * 32 * 64 + 3 * (2 * 64 * 64 + 64)));
  expect(flopsPerStep(of({ kind: 'sgd' }, true), sides) - flops).toBe(2 * 64 * parameters);
  expect(flopsPerStep(of({ kind: 'muon' }), sides) - flops).toBe(2 * 30 * 64 ** 3);
});

it('counts the slots of the optimizer into the working set', () => {
  const bytes = (kind: 'sgd' | 'adam') => workingSetBytes(of({ kind }), sides);
  expect(bytes('adam') - bytes('sgd')).toBe(4 * 2 * parameters);
});

it('counts the matrices of every block, and gains and biases as parameters without products', () => {
  const norm = { kind: 'rms', placement: 'pre', gains: true } as const;
  const residual = smallResidualShape({ width: 64, depth: 3, blockLayers: 2, batch: 64, norm });
  expect(parameterCount(residual, sides)).toBe(32 * 64 + 6 * 64 * 64 + 64 + 4 * 64);
  expect(flopsPerStep(residual, sides)).toBe(2 * 64 * (2 * 32 * 64 + 3 * (6 * 64 * 64 + 64)));
});
