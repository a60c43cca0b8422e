import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parameterCount } from '../flops.ts';
import type { LayerNormShape } from '../shape.ts';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { mlp } from './mlp.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const norms: readonly LayerNormShape[] = [
  { kind: 'layer', position: 'before', gains: true },
  { kind: 'rms', position: 'after', gains: false, every: 2 },
  { kind: 'batch', position: 'before', gains: true, strength: 0.5 },
  { kind: 'batch', position: 'after', gains: true },
  { kind: 'dynamic-tanh', position: 'before', gains: true },
];
const dims = { inputDim: 4, outputDim: 2 };

describe.each(norms.map((norm) => [JSON.stringify(norm), norm] as const))('%s', (_, norm) => {
  it('trains on the device as in eager tfjs, and a lane as if it were alone', async () => {
    const shape = smallShape({ depth: 2, bias: true, norm, optimizer: { kind: 'adam' } });
    const lanes = [
      laneWith({ knobs: { learningRate: 0.01 } }),
      laneWith({
        knobs: { learningRate: 0.02, initScale: 2 },
        parameterization: { name: 'mup', baseWidth: 8 },
        seed: 2,
      }),
    ];
    await expectSameRuns(shape, { lanes, inputDim: 3, batch: sineBatch({ inputDim: 3 }) });
  });
});

it('standardises every feature over the batch', () => {
  const norm = { kind: 'batch', position: 'before', gains: false } as const;
  const model = mlp(smallShape({ width: 3, depth: 1, activation: 'linear', norm }).model, dims);
  const weights = Object.fromEntries(
    model.parameters.map(({ name, shape: [rows, columns] }) => [
      name,
      tf.fill([1, rows, columns], 0.5),
    ]),
  );
  const x = tf.tensor([1, 1, 1, 1, -3, -1, -1, -1], [1, 2, 4]);
  // Preactivations 2 and −3 become 1 and −1, and three of them are added up.
  for (const [i, value] of model.forward(weights, x).dataSync().entries()) {
    expect(value).toBeCloseTo(i < 2 ? 1.5 : -1.5, 4);
  }
});

it('does not see the scale of the weights before a norm', () => {
  const norm = { kind: 'batch', position: 'before', gains: false } as const;
  const model = mlp(smallShape({ width: 5, norm }).model, dims);
  const weightsAt = (scale: number) =>
    Object.fromEntries(
      model.parameters.map(({ name, shape: [rows, columns] }) => [
        name,
        tf.mul(
          tf.tensor(normals(name, rows * columns), [1, rows, columns]),
          name === 'output.weight' ? 1 : scale,
        ) as tf.Tensor,
      ]),
    );
  const x = tf.tensor(normals('x', 32), [1, 8, 4]);
  const large = model.forward(weightsAt(30), x).dataSync();
  model
    .forward(weightsAt(3), x)
    .dataSync()
    .forEach((value, i) => {
      // ε = 1e-6 beside variances of 9.
      expect(large[i]).toBeCloseTo(value, 4);
    });
});

it('stands in every k-th layer, the k-th first', () => {
  const named = (norm: LayerNormShape) =>
    mlp(smallShape({ depth: 4, norm }).model, dims)
      .parameters.map(({ name }) => name)
      .filter((name) => name.includes('norm'));
  const norm = { kind: 'layer', position: 'before', gains: true } as const;
  expect(named({ ...norm, every: 2 })).toEqual([
    ...['hidden1.norm.gain', 'hidden1.norm.bias', 'hidden3.norm.gain', 'hidden3.norm.bias'],
  ]);
  expect(named({ ...norm, kind: 'dynamic-tanh', gains: false, every: 3 })).toEqual([
    'hidden2.norm.slope',
  ]);
  expect(() => named({ ...norm, every: 5 })).toThrow(
    'unknown every: 5 (at most 4, or no norm stands anywhere)',
  );
  const sides = { inputDim: 3, output: { kind: 'regression', dim: 1 } } as const;
  const plain = smallShape({ depth: 4 });
  expect(parameterCount({ ...plain, model: { ...plain.model, norm } }, sides)).toBe(
    parameterCount(plain, sides) + 4 * 2 * 16,
  );
});
