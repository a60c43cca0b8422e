import { type Arm, defineProtocol, type Space } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Suite } from '../suite.ts';

/** What a tiny suite may have wrong with it. */
export interface TinyOptions {
  readonly law?: TaskLaw;
  readonly width?: number;
  readonly space?: Space;
  readonly steps?: number;
}

const teacher: TaskLaw = {
  kind: 'teacher',
  inputDim: 4,
  outputDim: 1,
  width: 4,
  depth: 1,
  activation: 'tanh',
  noise: 0.1,
  instance: 0,
};

const rates: Space = [
  { name: 'learningRate', base: 1 / 16, min: -2, max: 2, stride: 2, limits: [-8, 8] },
];

/** A suite of two arms and about forty trials of a few steps, with a verdict that holds every judged loss. */
export function tinySuite({
  law = teacher,
  width = 8,
  space = rates,
  steps = 8,
}: TinyOptions = {}): Suite {
  return {
    name: 'tiny',
    title: 'Is <tiny> enough?',
    question: { id: 'none', slug: 'tiny', text: 'Is a tiny suite enough?' },
    tasks: () => [law],
    plan: (_profile, tasks) => ({
      arms: tasks.flatMap(({ law: task, data, name }): Arm[] =>
        [4, width].map((size) => ({
          name: `${name}-${size}`,
          task,
          data,
          shape: {
            model: {
              kind: 'mlp',
              width: size,
              depth: 1,
              activation: 'tanh',
              bias: false,
              centred: false,
            },
            optimizer: { kind: 'sgd' },
            batch: 8,
          },
          parameterization: { name: 'mup', baseWidth: 4 },
          schedule: { kind: 'constant' },
          knobs: {},
          space,
          steps,
        })),
      ),
      protocol: defineProtocol({ searchTrials: 4, sliceRadius: 1, judgeSeeds: 3 }),
    }),
    judge: ({ outcomes }) => ({
      verdict: 'supported',
      statement: 'Tiny is enough.',
      claims: outcomes.map(({ arm, judged }) => ({
        name: `${arm} ended at ${judged.map(({ loss }) => loss).join(', ')}`,
        task: null,
        verdict: 'supported',
        effect: null,
        interval: null,
        test: 'none',
        pValue: null,
      })),
      arms: outcomes.map(({ arm, winner, trials }) => ({
        task: arm,
        shape: {},
        knobs: winner?.knobs ?? {},
        status: 'interior',
        loss: null,
        interval: null,
        seeds: 3,
        trials: trials.total,
        diverged: trials.diverged,
      })),
    }),
    page: () => ({ figures: [], method: ['Few steps.'], decisionRule: ['Always.'], caveats: [] }),
  };
}
