import { openCpu } from '@hyperlaw/engine';
import type { Task, TaskLaw, TeacherLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import type { TaskLane } from '../lane-plan.ts';
import { packRunner } from '../pack-runner.ts';
import type { Shape } from '../shape.ts';

/** A teacher, and a small net with Adam for it, for tests of packs. */
export const law: TeacherLaw = {
  kind: 'teacher',
  inputDim: 6,
  outputDim: 1,
  width: 4,
  depth: 1,
  activation: 'relu',
  noise: 0.1,
  instance: 0,
};
export const shape: Shape = {
  model: { kind: 'mlp', width: 16, depth: 2, activation: 'relu', bias: true, centred: false },
  optimizer: { kind: 'adam' },
  batch: 16,
};

export const lane = (learningRate: number, seed: number, task: TaskLaw = law): TaskLane => ({
  task,
  parameterization: { name: 'mup', baseWidth: 8 },
  schedule: { kind: 'constant' },
  knobs: { learningRate },
  seed,
});

/** A runner on the processor, whose clock stands still. */
export function runner(task: (law: TaskLaw) => Promise<Task> = (l) => loadTask(l, { data: '' })) {
  return packRunner({ device: openCpu(), loadTask: task, clock: () => 0 });
}
