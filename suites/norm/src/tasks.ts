import type { Profile } from '@hyperlaw/cli';
import { namedLaws, type TaskLaw, taskTitles } from '@hyperlaw/tasks';

/** A family of tasks: of the synthetic ones several are drawn, since one draw of a tuned net says little. */
export interface Family {
  readonly kind: TaskLaw['kind'];
  readonly title: string;
  readonly laws: readonly TaskLaw[];
}

type Kind = 'typescript-bytes' | 'mnist' | 'teacher' | 'multi-index' | 'power-law' | 'hierarchy';

/** Instances a family has. MNIST is what it is. */
const instances: Readonly<Record<Profile, Readonly<Partial<Record<Kind, number>>>>> = {
  smoke: { 'typescript-bytes': 1, teacher: 2 },
  standard: {
    ...{ 'typescript-bytes': 2, mnist: 1 },
    ...{ teacher: 3, 'multi-index': 3, 'power-law': 3, hierarchy: 3 },
  },
  full: {
    ...{ 'typescript-bytes': 4, mnist: 1 },
    ...{ teacher: 8, 'multi-index': 8, 'power-law': 8, hierarchy: 8 },
  },
};

/** Tokens that the transformer reads. */
export const CONTEXT = 16;

/**
 * The text for the transformer, which has codes of its own, so that only the tokens matter: with its most frequent bytes
 * told apart, in two numbers.
 */
export function textLaws(profile: Profile): readonly TaskLaw[] {
  const vocabularies = profile === 'smoke' ? [32] : [32, 64];
  return vocabularies.map((vocabulary) => ({
    ...{ kind: 'typescript-bytes', context: CONTEXT, codeDim: 1, vocabulary, instance: 0 },
  }));
}

/** The families that the MLPs are compared on. */
export function familiesOf(profile: Profile): readonly Family[] {
  return namedLaws.flatMap((law): readonly Family[] => {
    const count = instances[profile][law.kind as Kind] ?? 0;
    if (count === 0) return [];
    const laws = Array.from({ length: count }, (_, instance) =>
      'instance' in law ? { ...law, instance } : law,
    );
    return [{ kind: law.kind, title: taskTitles[law.kind] ?? law.kind, laws }];
  });
}

/** The tasks in which the phenomena are looked at: numbers, classes, and real data. */
export function phenomenonLaws(profile: Profile): readonly TaskLaw[] {
  const kinds: readonly TaskLaw['kind'][] =
    profile === 'smoke' ? ['teacher'] : ['teacher', 'hierarchy', 'typescript-bytes'];
  return namedLaws.filter(({ kind }) => kinds.includes(kind));
}
