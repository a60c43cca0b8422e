import { expect, it } from 'vitest';
import { descentLead, descentLoss, flowLoss } from './gradient-flow.ts';

const start = { eigenvalues: [3, 1, 0.2], initialErrors: [1, -2, 0.5] };
const time = 1.2;

it('descent is descent: the steps themselves', () => {
  const learningRate = 0.1;
  const errors = [...start.initialErrors];
  for (let t = 0; t < 7; t++) {
    start.eigenvalues.forEach((eigenvalue, k) => {
      errors[k] = (errors[k] as number) - learningRate * eigenvalue * (errors[k] as number);
    });
  }
  const loss = start.eigenvalues.reduce(
    (sum, l, k) => sum + (l * (errors[k] as number) ** 2) / 2,
    0,
  );
  expect(descentLoss(start, { learningRate, steps: 7 })).toBeCloseTo(loss, 13);
});

it('descent tends to flow, with the error of first order as given', () => {
  const scaled = (steps: number) =>
    ((descentLoss(start, { learningRate: time / steps, steps }) - flowLoss(start, time)) * steps) /
    time;
  const lead = descentLead(start, time);
  const gap = (steps: number) => scaled(steps) / lead - 1;
  // The next order is O(η): a tenth of the rate leaves a tenth of the gap.
  expect(Math.abs(gap(10_000))).toBeLessThan(1e-3);
  expect(gap(10_000) / gap(1000)).toBeCloseTo(0.1, 2);
});

it('half the rate and twice the steps halve the distance of the curves', () => {
  const distance = (learningRate: number) =>
    descentLoss(start, { learningRate, steps: time / learningRate }) -
    descentLoss(start, { learningRate: learningRate / 2, steps: (2 * time) / learningRate });
  // Second-order terms are ηλ ≈ 1 %.
  expect(distance(0.004) / distance(0.002)).toBeCloseTo(2, 1);
});
