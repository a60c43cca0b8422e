import { expect, it } from 'vitest';
import {
  activeFlopsPerStep,
  activeParameterCount,
  flopsPerStep,
  parameterCount,
  stateBytes,
  workingSetBytes,
} from './flops.ts';
import type { OptimizerShape } from './shape.ts';
import { smallResidualShape, smallShape, smallTransformerShape } from './testing/fixtures.ts';

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

it('counts weights, gradients and slots into the state, whatever the batch', () => {
  expect(stateBytes(of({ kind: 'sgd' }), sides)).toBe(4 * 2 * parameters);
  expect(stateBytes({ ...of({ kind: 'adam' }), batch: 7 }, sides)).toBe(4 * 4 * parameters);
});

it('counts the matrices of every block, and gains and biases as parameters without products', () => {
  const norm = { kind: 'rms', placement: 'pre', gains: true } as const;
  const residual = smallResidualShape({ width: 64, depth: 3, blockLayers: 2, batch: 64, norm });
  expect(parameterCount(residual, sides)).toBe(32 * 64 + 6 * 64 * 64 + 64 + 4 * 64);
  expect(flopsPerStep(residual, sides)).toBe(2 * 64 * (2 * 32 * 64 + 3 * (6 * 64 * 64 + 64)));
});

it('counts normalised weights and their gradients into the working set, and no product for them', () => {
  const plain = smallShape({ width: 64, depth: 3, batch: 64 });
  const normalised = smallShape({ width: 64, depth: 3, batch: 64, weights: 'normalised' });
  const [matrices, gains] = [32 * 64 + 2 * 64 * 64, 3 * 64];
  expect(flopsPerStep(normalised, sides)).toBe(flopsPerStep(plain, sides));
  expect(workingSetBytes(normalised, sides) - workingSetBytes(plain, sides)).toBe(
    4 * (2 * matrices + 2 * gains),
  );
});

it('counts a transformer by the usual rule: six a matrix entry and token, twelve more for attention’s two products', () => {
  const [context, batch, width] = [16, 4, 32];
  const shape = smallTransformerShape({
    ...{ context, batch, width, heads: 2, headSize: 16, expansion: 4, depth: 3 },
  });
  const text = { inputDim: 1, output: { kind: 'classes', count: 50 } } as const;
  const layers = 3 * 12 * width ** 2;
  const gains = 7 * width;
  expect(parameterCount(shape, text)).toBe(layers + 2 * 50 * width + gains);
  // The embedding is a one-hot product without an input gradient: four in place of six.
  const perToken = 6 * (layers + 50 * width) + 4 * 50 * width + 3 * 12 * context * width;
  expect(flopsPerStep(shape, text)).toBe(batch * context * perToken);
  const tied = { ...shape, model: { ...shape.model, readout: 'tied' } } as const;
  expect(flopsPerStep(tied, text)).toBe(flopsPerStep(shape, text));
  const last = { ...shape, model: { ...shape.model, targets: 'last' } } as const;
  expect(flopsPerStep(shape, text) - flopsPerStep(last, text)).toBe(
    batch * (context - 1) * 6 * 50 * width,
  );
});

it('counts of experts what is computed, and what is active', () => {
  const of = (capacity?: number) =>
    smallShape({
      ...{ width: 64, depth: 2, batch: 64 },
      experts: {
        ...{ count: 8, active: 2, size: { kind: 'scaled', expansion: 0.5 }, gate: 'sigmoid' },
        normalised: false,
        ...(capacity !== undefined && { capacity }),
      },
    });
  const [router, expert] = [64 * 8, 2 * 64 * 32];
  const shared = 2 * 64 * (2 * 32 * 64 + 3 * (router + 64));
  expect(parameterCount(of(), sides)).toBe(32 * 64 + router + 8 * expert + 64);
  expect(activeParameterCount(of(), sides)).toBe(32 * 64 + router + 2 * expert + 64);
  expect(flopsPerStep(of(), sides)).toBe(shared + 2 * 64 * 3 * 8 * expert);
  expect(flopsPerStep(of(1.25), sides)).toBe(shared + 2 * 64 * 3 * 2.5 * expert);
  expect(activeFlopsPerStep(of(), sides)).toBe(shared + 2 * 64 * 3 * 2 * expert);
  expect(activeFlopsPerStep(of(1.25), sides)).toBe(activeFlopsPerStep(of(), sides));
});
