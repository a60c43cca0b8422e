import type { Shape } from '@hyperlaw/core';
import { defineProtocol } from '@hyperlaw/sweep';
import { counterexampleSuite } from '../counterexample/counterexample-suite.ts';
import type { HarmScale, TaskFamily } from '../counterexample/declaration.ts';
import type { Suite } from '../suite.ts';

/**
 * Noisy linear tasks, and an init scale that is fixed and belongs to the task: a plain deep net lives at √2 and is dead
 * far below, where a net of one hidden layer still learns.
 */
const family: TaskFamily = {
  axes: [
    { name: 'initScale', title: 'fixed init scale', levels: [1.4, 1.2, 1, 0.7, 0.5, 0.35] },
    { name: 'noise', title: 'noise', levels: [0, 0.1, 0.2, 0.3] },
    { name: 'inputDim', title: 'input dimension', levels: [3, 4] },
  ],
  lawOf: ({ noise = 0, inputDim = 0 }, instance) => ({
    ...{ kind: 'noisy-linear', inputDim, noise, instance },
  }),
  titleOf: ({ initScale, noise, inputDim }) =>
    `linear d=${inputDim}, σ=${noise}, scale ${initScale}`,
};

const scale: HarmScale = {
  sizes: { small: 1, large: 6, ladder: [1, 3, 6] },
  steps: 80,
  plan: {
    search: { sample: 5, rounds: 2, batch: 2, optimism: 1 },
    scouting: defineProtocol({ searchTrials: 5, confirm: 1, sliceRadius: 1, judgeSeeds: 2 }),
    replication: defineProtocol({
      ...{ searchTrials: 6, confirm: 1, sliceRadius: 1, judgeSeeds: 2, replicate: 10 },
    }),
    ...{ finalists: 2, draws: 3, ladderDraws: 2, stretch: { factor: 2, draws: 2 } },
  },
};

/** Is deeper worse? In the corner of this family where the init scale is small it is, by construction. */
export function plantedSuite(): Suite {
  return counterexampleSuite({
    name: 'planted',
    title: 'Is the planted counterexample found?',
    question: { id: 'none', slug: 'planted', text: 'Is the planted counterexample found?' },
    words: { size: 'depth', more: 'deeper' },
    family,
    scales: { smoke: scale, standard: scale, full: scale },
    netOf: (depth, { initScale = 1 }) => ({
      shape: {
        model: {
          ...{ kind: 'mlp', width: 8, depth, activation: 'relu', bias: false, centred: false },
        },
        optimizer: { kind: 'sgd' },
        batch: 16,
      } satisfies Shape,
      parameterization: { name: 'mup', baseWidth: 8 },
      schedule: { kind: 'constant' },
      knobs: { initScale },
      space: [{ name: 'learningRate', base: 1, min: -6, max: 0, limits: [-12, 6], stride: 2 }],
    }),
    harmlessEdges: [],
    seed: 1,
    pages: { introduction: ['Planted.'], method: ['Small nets.'], caveats: ['Planted.'] },
  });
}
