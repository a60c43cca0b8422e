import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { layerBalance } from './layer-balance.ts';
import { descend } from './testing/linear-net.ts';
import { normalSource } from './testing/random.ts';

describe('the balance of layers', () => {
  it('is conserved by gradient flow: descent changes it by O(rate)', () => {
    const normal = normalSource(2);
    const gaussian = (rows: number, columns: number) =>
      Matrix.from1DArray(
        rows,
        columns,
        Array.from({ length: rows * columns }, () => 0.5 * normal()),
      );
    const weights = [gaussian(4, 3), gaussian(5, 4), gaussian(2, 5)];
    const target = gaussian(2, 3);
    const balanceOf = (ws: readonly Matrix[]) => layerBalance(ws.map((w) => w.to2DArray())).flat(2);
    const before = balanceOf(weights);
    expect(before).toHaveLength(4 * 4 + 5 * 5);
    const drift = (steps: number): number => {
      const after = balanceOf(descend(weights, target, { learningRate: 2 / steps, steps }));
      return Math.sqrt(
        after.reduce((sum, value, i) => sum + (value - (before[i] as number)) ** 2, 0),
      );
    };
    const [coarse, fine] = [drift(200), drift(400)];
    expect(fine).toBeLessThan(0.01);
    // First order in the rate, up to a next order of a few per cent.
    expect(coarse / fine).toBeGreaterThan(1.9);
    expect(coarse / fine).toBeLessThan(2.1);
  });

  it('refuses layers that do not fit', () => {
    expect(() => layerBalance([[[1, 2]], [[1, 2]]])).toThrow(
      'layers that do not fit: 1 outputs, 2 inputs',
    );
  });
});
