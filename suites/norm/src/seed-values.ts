import type { Evidence } from '@hyperlaw/cli';
import { type Task, taskTitles } from '@hyperlaw/tasks';
import type { Prediction } from './account-rule.ts';
import { seedMeans } from './mean.ts';
import { phenomenonTasks } from './phenomena-plan.ts';

/** An effect by seed; null where it could not be measured. */
export type SeedValues = readonly number[] | null;

/** Seed by seed, the mean of several; null where one is missing. */
export function meanOf(all: readonly SeedValues[]): SeedValues {
  if (all.length === 0 || all.includes(null)) return null;
  return seedMeans(all as readonly (readonly number[])[]);
}

/** Seed by seed, one less another; null where one is missing. */
export function minus(a: SeedValues, b: SeedValues): SeedValues {
  return a && b && a.map((value, seed) => value - (b[seed] as number));
}

/** A task in words. */
export const titleOf = ({ law, name }: Task): string => taskTitles[law.kind] ?? name;

/** An effect in every task of the phenomena in which it was measured. */
export function overTasks(
  { profile, tasks }: Evidence,
  of: (task: Task) => SeedValues,
): Pick<Prediction, 'tasks'> {
  return {
    tasks: phenomenonTasks(profile, tasks).flatMap((task) => {
      const seeds = of(task);
      return seeds ? [{ title: titleOf(task), seeds }] : [];
    }),
  };
}
