import { packRunner } from '@hyperlaw/core';
import { openCpu } from '@hyperlaw/engine';
import { loadTask, type TaskLaw } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { DEPTH, shapeOf } from './plan.ts';

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

describe('homogeneity of the suite’s networks', () => {
  it('makes (η, σ, γ) and (c² η, c σ, c^L γ) the same training, to the last bit for powers of two', async () => {
    const load = (one: TaskLaw) => loadTask(one, { data: '' });
    const train = packRunner({ device: openCpu(), loadTask: load, clock: () => 0 });
    const knobs = { learningRate: 1 / 16, initScale: 1, richness: 1 };
    for (const name of ['mup', 'sp'] as const) {
      const results = await train({
        shape: shapeOf(8),
        steps: 40,
        heldOut: 'test',
        lanes: [1, 2, 1 / 2].map((c) => ({
          task: law,
          parameterization: { name, baseWidth: 32 },
          schedule: { kind: 'constant' },
          knobs: {
            learningRate: knobs.learningRate * c ** 2,
            initScale: knobs.initScale * c,
            richness: knobs.richness * c ** (DEPTH + 1),
          },
          seed: 3,
        })),
      });
      const [first, ...others] = results.map(({ loss, curve }) => ({ loss, curve }));
      expect(first?.loss).toBeLessThan(1);
      for (const other of others) expect(other).toEqual(first);
    }
  });
});
