import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { checkNorm, norm, normParameters } from './norm.ts';
import type { Statistics } from './normalize.ts';
import { normalize } from './normalize.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const h = () => tf.tensor(normals('h', 2 * 3 * 8), [2, 3, 8]);

describe.each([
  ['rms', { axis: -1, centred: false }],
  ['layer', { axis: -1, centred: true }],
  ['batch', { axis: -2, centred: true }],
  ['half a layer norm', { axis: -1, centred: true, strength: 0.5 }],
] as const satisfies readonly (readonly [string, Statistics])[])('%s', (_, statistics) => {
  const { axis, centred } = statistics;
  const strength = 'strength' in statistics ? statistics.strength : 1;
  const map = (x: tf.Tensor) => normalize(x, statistics);
  const mean = (x: tf.Tensor) => tf.mean(x, axis).dataSync<'float32'>();

  it('has mean square m^{1 − s} for one of m', () => {
    const c = centred ? tf.sub(h(), tf.mean(h(), axis, true)) : h();
    const before = mean(tf.square(c));
    mean(tf.square(map(h()))).forEach((square, i) => {
      expect(square).toBeCloseTo((before[i] ?? Number.NaN) ** (1 - strength), 4);
    });
  });

  it('gives c^{1 − s} times as much for c times its input', () => {
    const scaled = map(tf.mul(h(), 1000)).dataSync();
    const factor = (1000 / 30) ** (1 - strength);
    map(tf.mul(h(), 30))
      .dataSync()
      .forEach((value, i) => {
        // ε = 1e-6 beside a mean square of 900.
        expect((scaled[i] ?? Number.NaN) / factor).toBeCloseTo(value, 4);
      });
  });

  it(centred ? 'does not see the mean' : 'sees the mean', () => {
    const plain = map(h()).dataSync();
    const moved = map(tf.add(h(), 5)).dataSync();
    const difference = Math.max(...plain.map((value, i) => Math.abs(value - (moved[i] ?? 0))));
    if (centred) expect(difference).toBeLessThan(1e-5);
    else expect(difference).toBeGreaterThan(0.1);
  });

  it('has the gradient that the tape finds, orthogonal to the input of a whole norm', () => {
    const weights = tf.tensor(normals('w', 48), [2, 3, 8]);
    const composed = (x: tf.Tensor) => {
      const c = centred ? tf.sub(x, tf.mean(x, axis, true)) : x;
      const square = tf.mean(tf.square(c), axis, true);
      return tf.div(c, tf.pow(tf.add(square, 1e-6), strength / 2)) as tf.Tensor;
    };
    const slope = (f: (x: tf.Tensor) => tf.Tensor) =>
      tf.grad((x) => tf.sum(tf.mul(f(x), weights)))(h());
    const own = slope(map);
    const tape = slope(composed).dataSync();
    own.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(tape[i] ?? Number.NaN, 5);
    });
    // Scale invariance: ⟨h, ∂L/∂h⟩ = 0 but for ε.
    if (strength === 1) {
      for (const product of mean(tf.mul(own, h()))) expect(product).toBeCloseTo(0, 4);
    }
  });
});

describe('norm layers', () => {
  const layer = { name: 'norm', gains: false, features: 8, scales: true } as const;

  it('batch norm sees every lane alone, and wants two rows', () => {
    const whole = norm({ ...layer, kind: 'batch' }, {}, h());
    const second = norm({ ...layer, kind: 'batch' }, {}, tf.slice(h(), [1, 0, 0], [1, 3, 8]));
    expect(second.dataSync()).toEqual(tf.slice(whole, [1, 0, 0], [1, 3, 8]).dataSync());
    expect(() => norm({ ...layer, kind: 'batch' }, {}, tf.ones([2, 1, 8]))).toThrow(
      'unknown batch: 1 (2 or more, with batch norm)',
    );
  });

  it('a dynamic tanh is γ tanh(α h) + β, with its slope never at the end of a branch', () => {
    const own = { ...layer, kind: 'dynamic-tanh', gains: true, place: 'branch-end' } as const;
    expect(normParameters(own).map(({ name, place }) => `${name} ${place}`)).toEqual([
      ...['norm.slope branch', 'norm.gain branch-end', 'norm.bias branch-end'],
    ]);
    const parameters = {
      'norm.slope': tf.tensor([0.5, 2], [2, 1, 1]),
      'norm.gain': tf.fill([2, 1, 8], 3),
      'norm.bias': tf.fill([2, 1, 8], 1),
    };
    const y = norm(own, parameters, h()).dataSync();
    h()
      .dataSync()
      .forEach((value, i) => {
        expect(y[i]).toBeCloseTo(3 * Math.tanh((i < 24 ? 0.5 : 2) * value) + 1, 5);
      });
  });

  it('refuses what a norm cannot be', () => {
    const refused = (norm: object) => () => checkNorm({ kind: 'rms', gains: false, ...norm });
    expect(refused({ strength: 0 })).toThrow('unknown strength: 0 (a number in (0, 1])');
    expect(refused({ kind: 'dynamic-tanh', strength: 0.5 })).toThrow(
      'unknown strength: 0.5 (none, with dynamic-tanh)',
    );
    expect(refused({ every: 0.5 })).toThrow('unknown every: 0.5 (a positive integer)');
  });
});
