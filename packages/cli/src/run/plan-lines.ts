import { type Experiment, formatDuration, planSize } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import type { SuitePlan } from '../suite.ts';
import { count } from './count.ts';

/** What a run is about to do, in a few lines. Throws where an arm cannot be tuned. */
export function planLines(
  { arms, protocol }: SuitePlan,
  experiments: readonly Experiment[],
  {
    tasks,
    known,
  }: {
    readonly tasks: readonly Task[];
    readonly known: { readonly experiments: number; readonly trials: number };
  },
): readonly string[] {
  const { trials, modelSteps } = planSize(arms, protocol);
  const seconds = experiments.reduce((sum, { cost }) => sum + cost, 0);
  const before = [
    ...(known.experiments > 0 ? [count(known.experiments, 'experiment')] : []),
    ...(known.trials > 0 ? [count(known.trials, 'trial')] : []),
  ];
  return [
    ...(tasks.length > 0 ? [`tasks: ${listed(tasks.map(({ name }) => name))}`] : []),
    ...(experiments.length > 0
      ? [
          `plan: ${count(experiments.length, 'experiment')}, about ${formatDuration(seconds)} on one core`,
        ]
      : []),
    ...(arms.length > 0
      ? [`plan: ${count(trials, 'trial')}, ${count(modelSteps, 'model-step')} at most`]
      : []),
    ...(before.length > 0 ? [`journal: ${before.join(', ')} measured before`] : []),
  ];
}

/** Names that are told; more say little. */
const NAMED = 9;

function listed(names: readonly string[]): string {
  const told = names.slice(0, names.length > NAMED + 1 ? NAMED : names.length).join(', ');
  return names.length > NAMED + 1 ? `${told} and ${count(names.length - NAMED, 'other')}` : told;
}
