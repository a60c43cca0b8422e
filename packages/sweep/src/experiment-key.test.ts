import { describe, expect, it } from 'vitest';
import type { Experiment } from './experiment.ts';
import { checkExperiments } from './experiment.ts';
import { experimentKey } from './experiment-key.ts';
import { madeUpExperiment } from './testing/made-up-experiments.ts';

const one: Experiment = {
  ...madeUpExperiment({ seed: 1 }),
  input: { width: 8, depths: [1, 2] },
  data: [{ name: 'a', sha256: 'b' }],
};
const key = (changes: Partial<Experiment> = {}, semantics = 1) =>
  experimentKey({ ...one, ...changes }, semantics);

describe('experimentKey', () => {
  it('names what determines the result, whatever it is called and however long it takes', () => {
    expect(key()).toMatch(/^[0-9a-f]{64}$/);
    expect(key({ name: 'another', cost: 99 })).toBe(key());
    expect(key({ input: { depths: [1, 2], width: 8 } })).toBe(key());
  });

  it('differs wherever the result may', () => {
    const keys = [
      key(),
      key({ kind: 'another' }),
      key({ input: { width: 8, depths: [2, 1] } }),
      key({ data: [{ name: 'a', sha256: 'c' }] }),
      key({ version: 2 }),
      key({}, 2),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('refuses an input that is not pure JSON, and says where', () => {
    expect(() => key({ input: { widths: [8, Number.NaN] } })).toThrow('$.input.widths[1]: NaN');
  });
});

describe('checkExperiments', () => {
  it.each([
    [[one, one], 'experiment twice in a suite: experiment-1 (once)'],
    [[{ ...one, version: 0.5 }], 'unknown version of experiment-1: 0.5 (an integer)'],
    [[{ ...one, cost: 0 }], 'unknown cost of experiment-1: 0 (seconds, a positive number)'],
    [[{ ...one, cost: Infinity }], 'unknown cost of experiment-1: Infinity'],
  ])('refuses what cannot be planned (%#)', (experiments, line) => {
    expect(() => checkExperiments(experiments)).toThrow(line);
  });
});
