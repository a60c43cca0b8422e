import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MlpShape } from '../shape.ts';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { mlp } from './mlp.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const shape: MlpShape = {
  kind: 'mlp',
  width: 5,
  depth: 3,
  activation: 'tanh',
  bias: true,
  centred: false,
};
const dims = { inputDim: 4, outputDim: 2 };

function weightsOf(model: ReturnType<typeof mlp>, lanes: number) {
  return Object.fromEntries(
    model.parameters.map(({ name, shape: [rows, columns] }) => [
      name,
      tf.tensor(normals(name, lanes * rows * columns), [lanes, rows, columns]),
    ]),
  );
}

describe('mlp', () => {
  it('has one weight matrix more than hidden layers, roles by position, and side sizes to match', () => {
    const { parameters } = mlp({ ...shape, bias: false }, dims);
    expect(parameters.map(({ name, role, shape: sizes }) => [name, role, ...sizes])).toEqual([
      ['input.weight', 'input', 4, 5],
      ['hidden1.weight', 'hidden', 5, 5],
      ['hidden2.weight', 'hidden', 5, 5],
      ['output.weight', 'output', 5, 2],
    ]);
    expect(mlp(shape, dims).parameters.map(({ role }) => role)).toEqual([
      ...['input', 'input-bias', 'hidden', 'hidden-bias', 'hidden', 'hidden-bias'],
      ...['output', 'output-bias'],
    ]);
  });

  it('computes its definition, lane by lane, with a batch shared by the lanes', () => {
    const model = mlp(shape, dims);
    const weights = weightsOf(model, 2);
    const x = tf.tensor(normals('x', 12), [1, 3, 4]);
    const f = model.forward(weights, x);
    expect(f.shape).toEqual([2, 3, 2]);
    const lane = (name: string) => {
      const tensor = weights[name] as tf.Tensor;
      const [, rows = 1, columns = 1] = tensor.shape;
      return tf.reshape(tf.slice(tensor, [1, 0, 0], [1, rows, columns]), [rows, columns]);
    };
    let h = tf.reshape(x, [3, 4]) as tf.Tensor;
    for (const layer of ['input', 'hidden1', 'hidden2', 'output']) {
      h = tf.add(tf.matMul(h, lane(`${layer}.weight`)), lane(`${layer}.bias`));
      if (layer !== 'output') h = tf.tanh(h);
    }
    const own = tf.slice(f, [1, 0, 0], [1, 3, 2]).dataSync();
    h.dataSync().forEach((value, i) => {
      expect(own[i]).toBeCloseTo(value, 6);
    });
  });

  it('shows a probe every pre-activation and feature', () => {
    const model = mlp(shape, dims);
    const seen: string[] = [];
    const record = (name: string) => {
      seen.push(name);
    };
    model.forward(weightsOf(model, 1), tf.ones([1, 3, 4]), { record });
    expect(seen).toEqual([
      ...['input.preactivation', 'input.feature', 'hidden1.preactivation', 'hidden1.feature'],
      ...['hidden2.preactivation', 'hidden2.feature', 'output.preactivation'],
    ]);
  });

  it('is positively homogeneous with ReLU and no bias: f(cx) = c f(x), c > 0', () => {
    const model = mlp({ ...shape, activation: 'relu', bias: false }, dims);
    const weights = weightsOf(model, 1);
    const x = tf.tensor(normals('x', 12), [1, 3, 4]);
    const scaled = model.forward(weights, tf.mul(x, 4)).dataSync();
    // A power of two scales floats exactly.
    const plain = tf.mul(model.forward(weights, x), 4).dataSync();
    expect(scaled).toEqual(plain);
  });

  it('refuses sizes that are not positive integers', () => {
    expect(() => mlp({ ...shape, width: -3 }, dims)).toThrow(
      'unknown width: -3 (a positive integer)',
    );
    expect(() => mlp({ ...shape, depth: 0 }, dims)).toThrow('unknown depth: 0');
  });
});

it('trains a lane by itself as among others on one batch, bit by bit, where steps are plain multiples of gradients', async () => {
  const shaped = smallShape({ width: 48, bias: true, optimizer: { kind: 'sgd' } });
  // No power of two, so that it matters which factor of a product is multiplied.
  const lanes = [1, 2].map((seed) => laneWith({ knobs: { learningRate: 0.1 }, seed }));
  const batch = sineBatch({ inputDim: 3 });
  await expectSameRuns(shaped, { lanes, inputDim: 3, batch });
});
