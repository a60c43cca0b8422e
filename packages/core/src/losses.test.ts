import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { crossEntropy, meanSquaredError } from './losses.ts';
import { normals } from './testing/normals.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const shape: [number, number, number] = [2, 3, 4];
const logits = normals('logits', 24);
const labels = [1, 3, 0];

describe('mean squared error', () => {
  const targets = normals('targets', 12);

  it('is the mean over batch and outputs of each lane, with a target shared by the lanes', () => {
    const loss = meanSquaredError(
      tf.tensor(logits, shape),
      tf.tensor(targets, [1, 3, 4]),
    ).dataSync();
    for (const lane of [0, 1]) {
      let total = 0;
      for (let i = 0; i < 12; i++) total += ((logits[lane * 12 + i] ?? 0) - (targets[i] ?? 0)) ** 2;
      expect(loss[lane]).toBeCloseTo(total / 12, 6);
    }
  });

  it('has gradient 2(f − y)/(batch · outputs), weighted by the lane', () => {
    const y = tf.tensor(targets, [1, 3, 4]);
    const gradient = tf.grad((f) => meanSquaredError(f, y))(
      tf.tensor(logits, shape),
      tf.tensor1d([1, 3]),
    );
    const values = gradient.dataSync();
    for (let i = 0; i < 24; i++) {
      const expected = (((i < 12 ? 1 : 3) * 2) / 12) * ((logits[i] ?? 0) - (targets[i % 12] ?? 0));
      expect(values[i]).toBeCloseTo(expected, 6);
    }
  });
});

describe('cross-entropy', () => {
  const target = () => tf.tensor(labels, [1, 3], 'int32');
  const softmax = (row: number) => {
    const exponentials = Array.from(logits.subarray(row * 4, row * 4 + 4), Math.exp);
    const total = exponentials.reduce((a, b) => a + b);
    return exponentials.map((e) => e / total);
  };

  it('is −log softmax at the class, averaged over the batch of each lane', () => {
    const loss = crossEntropy(tf.tensor(logits, shape), target()).dataSync();
    for (const lane of [0, 1]) {
      const terms = labels.map((label, i) => -Math.log(softmax(lane * 3 + i)[label] ?? 0));
      expect(loss[lane]).toBeCloseTo(terms.reduce((a, b) => a + b) / 3, 6);
    }
  });

  it('has gradient (softmax − 1_y)/batch', () => {
    const values = tf
      .grad((z) => crossEntropy(z, target()))(tf.tensor(logits, shape))
      .dataSync();
    for (let row = 0; row < 6; row++) {
      softmax(row).forEach((p, k) => {
        const expected = (p - (labels[row % 3] === k ? 1 : 0)) / 3;
        expect(values[row * 4 + k]).toBeCloseTo(expected, 6);
      });
    }
  });

  it('takes labels of its own for every lane', () => {
    const own = tf.tensor([1, 3, 0, 2, 2, 2], [2, 3], 'int32');
    const z = tf.tensor(logits, shape);
    const loss = crossEntropy(z, own).dataSync();
    expect(loss[0]).toBe(crossEntropy(z, target()).dataSync()[0]);
    expect(loss[1]).not.toBe(crossEntropy(z, target()).dataSync()[1]);
  });

  it('stays finite for logits whose exponential does not', () => {
    const huge = tf.tensor([1000, 0, -1000, 500], [1, 1, 4]);
    const loss = crossEntropy(huge, tf.tensor([1], [1, 1], 'int32')).dataSync();
    expect(loss[0]).toBeCloseTo(1000, 3);
  });

  it('is log classes for a network that says nothing', () => {
    const loss = crossEntropy(tf.zeros([1, 3, 4]), target()).dataSync();
    expect(loss[0]).toBeCloseTo(Math.log(4), 6);
  });
});
