import type { Experiment } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Suite } from '../suite.ts';

/** What the suite of experiments may have beside its usual ones. */
export interface LabOptions {
  /** One more experiment, of this kind. */
  readonly kind?: string;
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

/** A suite of ten experiments and no arms, with a verdict that holds every result. */
export function labSuite({ kind }: LabOptions = {}): Suite {
  const planned = (tasks: readonly TaskLaw[]): readonly Experiment[] => {
    const common = { data: [], version: 1, cost: 0.1 };
    return [
      ...[1, 2, 3].map((value) => ({
        ...common,
        name: `square-${value}`,
        kind: 'square',
        input: { value },
      })),
      ...tasks.flatMap((task) =>
        [8, 16, 24, 32, 40, 48, 56].map((steps) => ({
          ...common,
          name: `train-${steps}`,
          kind: 'train',
          input: { task, rates: [0.01, 0.1], steps },
          cost: steps / 100,
        })),
      ),
      ...(kind === undefined ? [] : [{ ...common, name: 'extra', kind, input: {}, cost: 99 }]),
    ];
  };
  return {
    name: 'lab',
    title: 'Is the laboratory in order?',
    question: { id: 'none', slug: 'lab', text: 'Is the laboratory in order?' },
    tasks: () => [teacher],
    experiments: {
      module: new URL('./lab-experiments.ts', import.meta.url).href,
      plan: (_profile, tasks) => planned(tasks.map(({ law }) => law)),
    },
    judge: ({ tasks, measured }) => ({
      verdict: 'supported',
      statement: 'The laboratory is in order.',
      claims: planned(tasks.map(({ law }) => law)).map(({ name }) => ({
        name: `${name}: ${JSON.stringify(measured(name))}`,
        task: null,
        verdict: 'supported',
        effect: null,
        interval: null,
        test: 'none',
        pValue: null,
      })),
      arms: [],
    }),
    page: () => ({ figures: [], method: ['Few steps.'], decisionRule: ['Always.'], caveats: [] }),
  };
}
