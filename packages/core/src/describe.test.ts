import { expect, it } from 'vitest';
import { describeModel, descriptionLines } from './describe.ts';
import { laneWith, smallShape } from './testing/fixtures.ts';

const options = { inputDim: 4, output: { kind: 'classes', count: 10 } } as const;
const shape = smallShape({ width: 64, bias: true, optimizer: { kind: 'adamw' } });
const mup = laneWith({
  parameterization: { name: 'mup-table-3', baseWidth: 16 },
  knobs: { learningRate: 0.01, weightDecay: 0.5, epsilon: 1e-8, richness: 2 },
});

it('lists what every tensor is given, with ε and decay only where the rule has them', () => {
  const { rows, noEffect } = describeModel(shape, mup, options);
  expect(noEffect).toBeNull();
  const hidden = rows.find(({ name }) => name === 'hidden1.weight');
  expect(hidden).toEqual({
    ...{ name: 'hidden1.weight', role: 'hidden', shape: [64, 64], multiplier: 1 },
    ...{ initStd: 1 / 8, learningRate: 0.01 / 4, epsilon: 1e-8 / 4, decay: 2 },
  });
  const sgd = describeModel(smallShape(), laneWith({}), options).rows[0];
  expect([sgd?.epsilon, sgd?.decay]).toEqual([null, null]);
});

it('shows the normal form that is trained, richness absorbed into the readout', () => {
  const explicit = describeModel(shape, mup, options).rows;
  const normal = describeModel(shape, mup, { ...options, form: 'normal' }).rows;
  const readout = (rows: typeof explicit) => rows.find(({ role }) => role === 'output');
  expect(readout(explicit)?.multiplier).toBe(1 / 2);
  expect(normal.every(({ multiplier }) => multiplier === 1)).toBe(true);
  expect(readout(normal)?.learningRate).toBe((readout(explicit)?.learningRate ?? 0) / 2);
});

it('prints aligned lines and the sentence where the parameterization has no effect', () => {
  const lane = { ...mup, parameterization: { name: 'mup', baseWidth: 64 } } as const;
  const lines = descriptionLines(describeModel(shape, lane, options));
  expect(lines.at(-1)).toBe(
    'mup has no effect: width 64 is its base width, where every parameterization is sp',
  );
  const table = lines.slice(0, -1);
  expect(table).toHaveLength(7);
  expect(new Set(table.map((line) => line.length)).size).toBe(1);
  expect(table[0]).toMatch(/^tensor +role +shape +init std +multiplier +learning rate +ε +decay$/);
});
