/**
 * Question: which open question this suite answers. As it stands: does a net of width 64 learn a teacher better than
 * one of width 16? What is compared stands in `contrast.ts`, what decides in `judge.ts`.
 *
 * Theory predicts: what it says, with its paper. In μP, wider is never worse (2203.03466, Section 8).
 * Command: `npx turbo run suite:suite-template`. Cost: about 10 seconds on 2 cores in `standard`, 3 in `smoke`.
 * What would change our mind: see `decisionRule` in `judge.ts`, written down before the data.
 */
import { type Evidence, lossWords, type Profile, rangeWords, type Suite } from '@hyperlaw/cli';
import type { Parameterization } from '@hyperlaw/core';
import { trendChart } from '@hyperlaw/report';
import { type Arm, defineProtocol, type Space } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { contrast, type Side } from './contrast.ts';
import { decisionRule, judge } from './judge.ts';

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

function armOf(task: Task, { name, shape }: Side, profile: Profile): Arm {
  const parameterization: Parameterization = { name: 'mup', baseWidth: 16 };
  return {
    name: `${task.name}, ${name}`,
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
  return judge(evidence).arms.map(({ task, loss, interval, status }, index) => ({
    facet: task,
    x: contrast.sides[index % contrast.sides.length]!.x,
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
    text: `Is ${contrast.sides[1].name} better than ${contrast.sides[0].name}?`,
  },
  tasks: () => [teacher],
  plan: (profile, tasks) => ({
    arms: tasks.flatMap((task) => contrast.sides.map((side) => armOf(task, side, profile))),
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
          'Held-out loss of each side at its own best learning rate, with 95 % intervals; hollow on the edge of its range, a cross where runs diverged. *Look for* a fall. *Do not read* one task as all.',
        chart: trendChart({
          x: { title: contrast.axis },
          y: { title: 'held-out loss' },
          points: points(evidence),
        }),
      },
    ],
    method: [
      'How the numbers were made, in words that a reader can check.',
      `The learning rate is tuned for each ${contrast.axis}: ${rangeWords(space)}.`,
      lossWords,
    ],
    decisionRule,
    caveats: ['One task, one optimizer.'],
  }),
};
