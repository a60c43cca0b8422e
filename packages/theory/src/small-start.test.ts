import { Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { timeToStrength } from './deep-linear.ts';
import { smallStartStrengths } from './small-start.ts';
import { descend, mapOf } from './testing/linear-net.ts';
import { normalSource } from './testing/random.ts';

it('is the squared norm of orthogonal directions, and less of what overlaps a stronger one', () => {
  expect(
    smallStartStrengths([
      [3, 0],
      [0, 2],
    ]),
  ).toEqual([9, 4]);
  expect(
    smallStartStrengths([
      [3, 0],
      [1, 2],
    ]),
  ).toEqual([9, 4]);
});

it('tells when each mode of a random net is learned', () => {
  const normal = normalSource(5);
  const values = [4, 2, 1];
  const [outputs, hidden] = [3, 6];
  const gaussian = (rows: number, columns: number, deviation: number) =>
    Matrix.from1DArray(
      rows,
      columns,
      Array.from({ length: rows * columns }, () => deviation * normal()),
    );
  const initial = [gaussian(hidden, outputs, 3e-4), gaussian(outputs, hidden, 3e-4)];
  const growing = values.map((_, k) =>
    Array.from(
      { length: hidden },
      (_, i) => ((initial[0] as Matrix).get(i, k) + (initial[1] as Matrix).get(k, i)) / 2,
    ),
  );
  const learningRate = 1e-3;
  const reached = values.map(() => 0);
  let weights = initial;
  for (let step = 0; step < 12_000; step += 10) {
    const map = mapOf(weights);
    values.forEach((s, k) => {
      if (map.get(k, k) < s / 2) reached[k] = (step + 5) * learningRate;
    });
    weights = descend(weights, Matrix.diag([...values]), { learningRate, steps: 10 });
  }
  smallStartStrengths(growing).forEach((start, k) => {
    const s = values[k] as number;
    const predicted = timeToStrength({ depth: 2, singularValue: s, initial: start }, s / 2);
    // Descent lags by ηs/2 < 0.2 %, times are read to 0.01, and modes meet at strengths of a₀^{1/2} ~ 1e-3.
    expect(Math.abs((reached[k] as number) / predicted - 1)).toBeLessThan(0.01);
  });
});
