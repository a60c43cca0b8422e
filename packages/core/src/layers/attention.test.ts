import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { smallTransformerShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { attention, windowsTogether } from './attention.ts';

describe('windows that share a product', () => {
  it('are as many as divide the batch and have few rows, or one', () => {
    expect(windowsTogether(32, 4)).toBe(4);
    expect(windowsTogether(6, 4)).toBe(3);
    expect(windowsTogether(7, 5)).toBe(1);
    expect(windowsTogether(8, 16)).toBe(1);
    expect(windowsTogether(8, 32)).toBe(1);
  });

  it.each(['rotary', 'learned'] as const)(
    'see nothing of each other: %s positions',
    (positions) => {
      const { model } = smallTransformerShape({ positions, context: 4, queryKeyNorm: true });
      const branch = attention('a', model);
      const [lanes, windows] = [2, 6];
      const parameters = Object.fromEntries(
        branch.parameters.map(({ name, shape }) => {
          const size = lanes * shape[0] * shape[1];
          return [name, tf.tensor(normals(name, size), [lanes, ...shape])];
        }),
      );
      const rows = windows * model.context;
      const u = tf.tensor(normals('u', lanes * rows * model.width), [lanes, rows, model.width]);
      const together = branch.forward(parameters, u);
      // A probe sees every window by itself.
      const apart = branch.forward(parameters, u, () => {});
      const off = tf.max(tf.abs(tf.sub(together, apart))).dataSync()[0] as number;
      // Masked terms are exact zeros; only the order of a sum differs.
      expect(off).toBeLessThan(1e-5);
    },
  );
});
