/**
 * Question: which open question this suite answers. As it stands: does a net of width 64 learn a teacher better than
 * one of width 16?
 *
 * Theory predicts: what it says, with its paper. In μP, wider is never worse (2203.03466, Section 8).
 * Command: `npx turbo run suite:suite-template`. Cost: about 10 seconds on 2 cores in `standard`, 3 in `smoke`.
 * What would change our mind: see `decisionRule` in `judge.ts`, written down before the data.
 */
import { type Evidence, lossWords, type Profile, rangeWords, type Suite } from '@hyperlaw/cli';
import type { Parameterization, Shape } from '@hyperlaw/core';
import { trendChart } from '@hyperlaw/report';
import { type Arm, defineProtocol, type Space } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { decisionRule, judge } from './judge.ts';

const widths = [16, 64];
const steps: Readonly<Record<Profile, number>> = { smoke: 40, standard: 400, full: 4000 };

const teacher: TaskLaw = {
  kind: 'teacher',
  inputDim: 8,
  outputDim: 1,
  width: 16,
  depth: 1,
  activation: 'tanh',
  noise: 0.1,
  instance: 0,
};

const space: Space = [{ name: 'learningRate', base: 1 / 16, min: -3, max: 3, limits: [-9, 9] }];

function armOf(task: Task, width: number, profile: Profile): Arm {
  const shape: Shape = {
    model: { kind: 'mlp', width, depth: 2, activation: 'relu', bias: false, centred: false },
    optimizer: { kind: 'sgd' },
    batch: 32,
  };
  const parameterization: Parameterization = { name: 'mup', baseWidth: 16 };
  return {
    name: `${task.name}-${width}`,
    task: task.law,
    data: task.data,
    shape,
    parameterization,
    schedule: { kind: 'cosine' },
    knobs: {},
    space,
    steps: steps[profile],
  };
}

/** Judged losses as the page's points: the mean over seeds, with its interval. */
function points(evidence: Evidence) {
  return judge(evidence).arms.map(({ task, shape, loss, interval, status }) => ({
    facet: task,
    x: Number(shape.width),
    y: loss,
    ...(interval && { low: interval[0], high: interval[1] }),
    edge: status === 'edge',
  }));
}

/** The suite. */
export const suite: Suite = {
  name: 'suite-template',
  title: 'Does suite-template matter?',
  question: {
    id: 'none',
    slug: 'suite-template',
    text: 'Does a wider net learn a teacher better?',
  },
  tasks: () => [teacher],
  plan: (profile, tasks) => ({
    arms: tasks.flatMap((task) => widths.map((width) => armOf(task, width, profile))),
    protocol: defineProtocol({
      searchTrials: 8,
      tuningSeeds: 2,
      judgeSeeds: profile === 'smoke' ? 3 : 8,
    }),
  }),
  judge,
  page: (evidence) => ({
    introduction: ['What theory predicts, and why the question is asked.'],
    figures: [
      {
        id: 'loss',
        title: 'Tuned loss',
        caption:
          'Held-out loss of each width at its own best learning rate, with 95 % intervals; hollow on the edge of its range, a cross where runs diverged. *Look for* a fall. *Do not read* one task as all.',
        chart: trendChart({
          x: { title: 'width' },
          y: { title: 'held-out loss' },
          points: points(evidence),
        }),
      },
    ],
    method: [
      'How the numbers were made, in words that a reader can check.',
      `The learning rate is tuned at each width: ${rangeWords(space)}.`,
      lossWords,
    ],
    decisionRule,
    caveats: ['One task, one depth, one optimizer.'],
  }),
};
