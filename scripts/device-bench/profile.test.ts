import { expect, it } from 'vitest';
import { profileOf } from './profile.ts';

const node = (operator: string, dur: number) => ({
  ...{ cat: 'Node', name: `n_kernel_time`, dur },
  args: { op_name: operator },
});
const launch = (operator: string, dur: number) => ({
  ...{ cat: 'Api', name: `x&${operator}&${operator}`, dur },
});

it('counts the nodes of a step, not those that hold others', () => {
  const events = [node('Loop', 100), node('MatMul', 30), node('MatMul', 30), node('Add', 20)];
  expect(profileOf([...events, { cat: 'Session', name: 'model_run', dur: 100 }], 1)).toEqual({
    kernels: 3,
    operators: [
      { operator: 'MatMul', share: 0.75 },
      { operator: 'Add', share: 0.25 },
    ],
  });
});

it("takes a GPU's own times where it tells them: nodes without a kernel launch none", () => {
  const events = [
    node('MatMul', 3),
    node('Reshape', 99),
    launch('MatMul', 50),
    launch('MatMul', 50),
  ];
  expect(profileOf(events, 2)).toEqual({
    kernels: 1,
    operators: [{ operator: 'MatMul', share: 1 }],
  });
});

it('is empty for a profile without events', () => {
  expect(profileOf([], 1)).toEqual({ kernels: 0, operators: [] });
});
