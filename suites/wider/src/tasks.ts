import type { Profile } from '@hyperlaw/cli';
import { namedLaws as named, sampleTask, type TaskLaw } from '@hyperlaw/tasks';

/** How many tasks are drawn at random from the synthetic families. */
const samples: Readonly<Record<Profile, number>> = { smoke: 2, standard: 40, full: 120 };

/** The seed of the sample, chosen once; pilots drew theirs from another. */
const SAMPLE = 2027;

/** Laws of the random tasks of a profile. */
export function randomLaws(profile: Profile): readonly TaskLaw[] {
  return Array.from({ length: samples[profile] }, (_, index) => sampleTask(SAMPLE, index));
}

/** Laws of the tasks that are compared one by one. */
export function namedLaws(profile: Profile): readonly TaskLaw[] {
  return profile === 'smoke' ? [named[0], named[2]].flatMap((law) => law ?? []) : named;
}
