import { expect, it } from 'vitest';
import { stepScalars } from './step-scalars.ts';
import { laneWith, smallShape } from './testing/fixtures.ts';
import { plansOf } from './testing/train-eagerly.ts';
import { trainingStep } from './training-step.ts';

const regression = { inputDim: 3, output: { kind: 'regression', dim: 1 } } as const;

it('many steps of scalars at once are the single steps one after another', () => {
  const shape = smallShape({ optimizer: { kind: 'adamw' } });
  const step = trainingStep(shape, { ...regression, lanes: 2 });
  const plans = plansOf(step, [
    laneWith({ knobs: { learningRate: 0.1, weightDecay: 0.1, warmup: 0.2 } }),
    laneWith({ knobs: { learningRate: 0.1 }, schedule: { kind: 'linear' } }),
  ]);
  const all = stepScalars(step, plans, { first: 2, count: 5, steps: 20 });
  for (const [name, values] of Object.entries(all)) {
    expect(values.length).toBe(10);
    for (let i = 0; i < 5; i++) {
      const one = stepScalars(step, plans, { first: 2 + i, count: 1, steps: 20 })[name];
      expect(values.slice(2 * i, 2 * i + 2)).toEqual(one);
    }
  }
});

it('a factor on all rates is one on learning rates, decoupled decay included', () => {
  const shape = smallShape({ optimizer: { kind: 'adamw' } });
  const step = trainingStep(shape, { ...regression, lanes: 1 });
  const range = { first: 3, count: 1, steps: 20 };
  const at = (learningRate: number, rateFactor?: () => number) => {
    const plans = plansOf(step, [laneWith({ knobs: { learningRate, weightDecay: 0.1 } })]);
    return stepScalars(step, plans, { ...range, ...(rateFactor && { rateFactor }) });
  };
  expect(at(0.5, () => 0.25)).toEqual(at(0.125));
  // At a rate of 0 nothing moves: every weight is kept whole.
  expect(at(0.5, () => 0)['hidden1.weight:keep']).toEqual(new Float32Array([1]));
});

it('refuses a number of lanes that is not the program’s', () => {
  const step = trainingStep(smallShape(), { ...regression, lanes: 2 });
  expect(() =>
    stepScalars(step, plansOf(step, [laneWith({ knobs: { learningRate: 1 } })]), {
      first: 0,
      count: 1,
      steps: 1,
    }),
  ).toThrow('unknown number of lanes: 1 (the program has 2)');
});
