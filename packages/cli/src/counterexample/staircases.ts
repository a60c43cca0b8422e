import {
  type StaircaseParameters,
  staircaseAxes,
  staircaseLaw,
  staircaseTitle,
} from '@hyperlaw/tasks';
import type { TaskFamily } from './declaration.ts';

/** Noisy staircases learnt from few samples: spectrum, leap, noise, sample count and input dimension. */
export const staircases: TaskFamily = {
  axes: staircaseAxes,
  lawOf: (levels, instance) => staircaseLaw(parameters(levels), instance),
  titleOf: (levels) => staircaseTitle(parameters(levels)),
};

/** Levels by the names of `staircaseAxes` are the parameters. */
const parameters = (levels: Readonly<Record<string, number>>) =>
  levels as unknown as StaircaseParameters;
