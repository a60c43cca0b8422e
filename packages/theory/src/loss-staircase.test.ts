import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { lossStaircase, plateaus } from './loss-staircase.ts';
import { descend, mapOf, randomOrthogonal } from './testing/linear-net.ts';
import { normalSource } from './testing/random.ts';

describe('the loss from a small start', () => {
  const singularValues = [1, 4, 2];

  it.each([2, 3])(
    'stays on plateaus of ½ Σ s² and falls between them at the times predicted: depth %i',
    (depth) => {
      const net = { depth, singularValues, initial: 1e-8 };
      const steps = plateaus(net);
      expect(steps.map(({ loss }) => loss)).toEqual([10.5, 2.5, 0.5, 0]);
      const middles = steps.slice(0, 3).map(({ start, end }) => (start + end) / 2);
      lossStaircase(net, middles).forEach((loss, k) => {
        // Halfway the next mode has reached at most 1.2 % of its strength, which takes 2.4 % off its loss.
        expect(Math.abs(loss - (steps[k]?.loss ?? Number.NaN))).toBeLessThan(
          0.03 * (steps[k]?.loss ?? 0),
        );
      });
      // Midway down, half of a mode's strength is a quarter of its loss.
      const edge = lossStaircase(net, [steps[1]?.start ?? 0])[0] as number;
      expect(edge).toBeCloseTo(2.5 + 16 / 8, 3);
    },
  );

  it('is that of gradient descent on matrices', () => {
    const normal = normalSource(11);
    const [left, middle, right] = [
      randomOrthogonal(3, normal),
      randomOrthogonal(3, normal),
      randomOrthogonal(3, normal),
    ];
    const initial = 1e-3;
    const small = Matrix.eye(3, 3).mul(Math.sqrt(initial));
    const weights = [
      middle.mmul(small).mmul(right.transpose()),
      left.mmul(small).mmul(middle.transpose()),
    ];
    const target = left.mmul(Matrix.diag(singularValues)).mmul(right.transpose());
    const learningRate = 5e-4;
    for (const time of [0.6, 1.2, 2.5]) {
      const steps = Math.round(time / learningRate);
      const map = mapOf(descend(weights, target, { learningRate, steps }));
      const loss = Matrix.sub(target, map).norm('frobenius') ** 2 / 2;
      const expected = lossStaircase({ depth: 2, singularValues, initial }, [time])[0] as number;
      // Discretization delays a mode by a relative ηs < 0.2 %, and it moves by e^{2st} ~ 1e3 while it grows.
      expect(loss / expected).toBeCloseTo(1, 1);
    }
  });
});
