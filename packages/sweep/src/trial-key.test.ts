import { describe, expect, it } from 'vitest';
import type { TrialSpec } from './trial.ts';
import { trialKey } from './trial-key.ts';

const spec: TrialSpec = {
  task: { kind: 'teacher', width: 4 },
  data: [{ name: 'train', sha256: 'ab' }],
  shape: { model: { kind: 'mlp', width: 8 }, batch: 64 },
  parameterization: { name: 'mup', baseWidth: 32 },
  schedule: { kind: 'constant' },
  knobs: { learningRate: 0.125, initScale: 1 },
  seed: 3,
  steps: 100,
  heldOut: 'validation',
};

describe('trialKey', () => {
  it('is pinned: a changed digest orphans every journal', () => {
    expect(trialKey(spec, 1)).toBe(
      'e2b80078dc9f059afe15209a0762377e7622acd787a3adf4efa1958c0335fabc',
    );
  });

  it('does not depend on the order of keys', () => {
    const { steps, seed, knobs, ...rest } = spec;
    const reordered = { steps, seed, knobs: { initScale: 1, learningRate: 0.125 }, ...rest };
    expect(trialKey(reordered, 1)).toBe(trialKey(spec, 1));
  });

  it('differs for everything that determines a result', () => {
    const changes: readonly TrialSpec[] = [
      spec,
      { ...spec, task: { kind: 'teacher', width: 5 } },
      { ...spec, data: [{ name: 'train', sha256: 'ac' }] },
      { ...spec, data: [] },
      { ...spec, shape: { model: { kind: 'mlp', width: 9 }, batch: 64 } },
      { ...spec, parameterization: { name: 'sp', baseWidth: 32 } },
      { ...spec, schedule: { kind: 'cosine' } },
      { ...spec, knobs: { learningRate: 0.125 + 2 ** -55, initScale: 1 } },
      { ...spec, knobs: { learningRate: 0.125 } },
      { ...spec, seed: 4 },
      { ...spec, steps: 101 },
    ];
    const keys = changes.map((change) => trialKey(change, 1));
    expect(new Set([...keys, trialKey(spec, 2)]).size).toBe(changes.length + 1);
  });

  it('ignores what else an object carries', () => {
    const arm = { ...spec, name: 'an arm', space: [] };
    expect(trialKey(arm, 1)).toBe(trialKey(spec, 1));
  });

  it('refuses a knob that is not a number', () => {
    expect(() => trialKey({ ...spec, knobs: { learningRate: Number.NaN } }, 1)).toThrow('NaN');
  });
});
