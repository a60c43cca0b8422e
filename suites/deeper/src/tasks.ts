import type { Profile } from '@hyperlaw/cli';
import { namedLaws as laws, sampleTask, type TaskLaw } from '@hyperlaw/tasks';

/** Kinds of the tasks that MLPs are compared on one by one. */
const kinds: Readonly<Record<Profile, readonly TaskLaw['kind'][]>> = {
  smoke: ['typescript-bytes', 'teacher'],
  standard: laws.map(({ kind }) => kind),
  full: laws.map(({ kind }) => kind),
};

/** Tokens that the transformer reads. */
export const CONTEXT = 16;

/** The text for the transformer: it has codes of its own, so that only the tokens matter. */
export const textLaw: TaskLaw = {
  kind: 'typescript-bytes',
  context: CONTEXT,
  codeDim: 1,
  vocabulary: 32,
  instance: 0,
};

/** How many tasks are drawn at random from the synthetic families. */
const samples: Readonly<Record<Profile, number>> = { smoke: 2, standard: 24, full: 120 };

/** The seed of the sample, chosen once. */
const SAMPLE = 3027;

/** Laws of the random tasks of a profile. */
export function randomLaws(profile: Profile): readonly TaskLaw[] {
  return Array.from({ length: samples[profile] }, (_, index) => sampleTask(SAMPLE, index));
}

/** Laws of the tasks that MLPs are compared on one by one. */
export function namedLaws(profile: Profile): readonly TaskLaw[] {
  return laws.filter(({ kind }) => kinds[profile].includes(kind));
}
