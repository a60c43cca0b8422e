import type { Profile } from '@hyperlaw/cli';
import { namedLaws, type TaskLaw } from '@hyperlaw/tasks';

/** Kinds of the named tasks that nets of these sizes begin to learn within a standard run. */
const kinds = ['typescript-bytes', 'mnist', 'teacher', 'power-law', 'hierarchy'] as const;

/** A second teacher of another kind: smooth, with many outputs. */
const smooth: TaskLaw = {
  ...{ kind: 'teacher', inputDim: 16, outputDim: 8, width: 16, depth: 1, activation: 'sine' },
  ...{ noise: 0, instance: 0 },
};

/** The tasks of a profile. */
export function taskLaws(profile: Profile): readonly TaskLaw[] {
  const named = kinds.flatMap((kind) => namedLaws.filter((law) => law.kind === kind));
  return profile === 'smoke' ? [...named.slice(2, 3), smooth] : [...named, smooth];
}

/** The task of nets that are watched while they train. */
export const watchedLaw: TaskLaw = smooth;
