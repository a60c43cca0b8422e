import { describe, expect, it } from 'vitest';
import { descentLoss } from './gradient-flow.ts';
import { leastSquares } from './least-squares.ts';
import { normalSource } from './testing/random.ts';

const normal = normalSource(8);
const matrix = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, normal));

describe('least squares as a quadratic', () => {
  it.each([
    [12, 4],
    [4, 9],
  ])('is what descent on %i examples with %i weights does', (m, count) => {
    const features = matrix(m, count);
    const targets = Array.from({ length: m }, normal);
    let weights = Array.from({ length: count }, normal);
    const residualsOf = () =>
      features.map(
        (row, i) =>
          row.reduce((sum, f, k) => sum + f * (weights[k] as number), 0) - (targets[i] as number),
      );
    const lossOf = () => residualsOf().reduce((sum, r) => sum + r * r, 0) / m;
    const start = leastSquares(features, residualsOf());
    const learningRate = 0.02;
    for (let steps = 0; steps < 30; steps += 5) {
      const expected = start.floor + descentLoss(start, { learningRate, steps });
      expect(lossOf()).toBeCloseTo(expected, 10);
      for (let t = 0; t < 5; t++) {
        const residuals = residualsOf();
        weights = weights.map(
          (w, k) =>
            w -
            ((2 * learningRate) / m) *
              residuals.reduce((sum, r, i) => sum + r * (features[i]?.[k] as number), 0),
        );
      }
    }
    if (count >= m) expect(start.floor).toBeCloseTo(0, 12);
  });

  it('refuses rows without residuals', () => {
    expect(() => leastSquares([[1]], [])).toThrow('unequal lengths: 1 rows and 0 residuals');
  });
});
