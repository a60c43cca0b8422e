import type { Knobs } from '@hyperlaw/core';
import { packRunner } from '@hyperlaw/core';
import { openCpu } from '@hyperlaw/engine';
import { loadTask, type TaskLaw } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { shapeOf } from './nets.ts';

const law: TaskLaw = {
  kind: 'teacher',
  inputDim: 8,
  outputDim: 1,
  width: 4,
  depth: 1,
  activation: 'relu',
  noise: 0,
  instance: 0,
};

const DEPTH = 4;

async function losses(
  lanes: readonly {
    readonly rule: 'none' | 'sqrt' | 'inverse' | 'completep';
    readonly knobs: Knobs;
  }[],
) {
  const load = (one: TaskLaw) => loadTask(one, { data: '' });
  const train = packRunner({ device: openCpu(), loadTask: load, clock: () => 0 });
  const results = await train({
    shape: shapeOf('residual', { depth: DEPTH, width: 8 }),
    steps: 40,
    heldOut: 'test',
    lanes: lanes.map(({ rule, knobs }) => ({
      task: law,
      parameterization: { name: 'mup', baseWidth: 8, depth: { rule, baseDepth: 1 } },
      schedule: { kind: 'constant' },
      knobs: { learningRate: 1 / 16, initScale: 1, ...knobs },
      seed: 3,
    })),
  });
  return results.map(({ loss, curve }) => ({ loss, curve }));
}

describe('residual nets under SGD', () => {
  it('are one family: the multiplier turns branches times 1, L^-½ and L^-1 into each other, to the last bit', async () => {
    const [first, ...others] = await losses([
      { rule: 'none', knobs: { branchMultiplier: DEPTH ** -0.5 } },
      { rule: 'sqrt', knobs: { branchMultiplier: 1 } },
      { rule: 'inverse', knobs: { branchMultiplier: DEPTH ** 0.5 } },
    ]);
    expect(first?.loss).toBeLessThan(1);
    for (const other of others) expect(other).toEqual(first);
  });

  it('have CompleteP as L^-½ with branches that start L^½ times smaller, to the last bit', async () => {
    const [completep, sqrt] = await losses([
      { rule: 'completep', knobs: {} },
      { rule: 'sqrt', knobs: { 'initScale/branch-end': DEPTH ** -0.5 } },
    ]);
    expect(completep?.loss).toBeLessThan(1);
    expect(completep).toEqual(sqrt);
  });
});
