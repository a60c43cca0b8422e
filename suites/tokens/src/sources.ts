import type { Profile } from '@hyperlaw/cli';
import type { FactsLaw, TaskLaw } from '@hyperlaw/tasks';

/** Difficulty exponents a of the languages: the share of one pass over random features goes from 0.45 to 0.30. */
export const difficulties: Readonly<Record<Profile, readonly number[]>> = {
  smoke: [0.4, 0.8, 1.4],
  standard: [0.2, 0.35, 0.5, 0.75, 1, 1.3],
  full: [0.2, 0.35, 0.5, 0.75, 1, 1.3],
};

/**
 * The easiest language of MLPs: on easier ones they learn so few facts that their loss scatters by half of itself from
 * seed to seed.
 */
const EASIEST: Readonly<Record<'transformer' | 'mlp', number>> = { transformer: 10, mlp: 1 };

/** Difficulties of the languages that a kind of net reads. */
export const difficultiesOf = (profile: Profile, net: 'transformer' | 'mlp'): readonly number[] =>
  difficulties[profile].filter((each) => each <= EASIEST[net]);

/** Pilots had instances from 100 on. */
const INSTANCE = 7;

/** A language: more facts than any net here can learn, so that its power law is not cut off. */
export const languageLaw = (exponent: number): FactsLaw => ({
  ...{ kind: 'facts', symbols: 32, length: 4, facts: 2 ** 18, exponent, noise: 0 },
  ...{ codeDim: 8, instance: INSTANCE },
});

/**
 * What the end of a language's list takes off the power law, in nats: who knows the k most frequent facts pays
 * ln S · Σ_{i>k} p_i ≈ A·k^−a − A·F^−a, of F facts and S symbols, A = ln S / (a Σ i^−(1+a)).
 */
export function cutOff(exponent: number): number {
  const { facts, symbols } = languageLaw(exponent);
  let mass = 0;
  for (let i = facts; i > 0; i--) mass += i ** -(1 + exponent);
  return (Math.log(symbols) * facts ** -exponent) / (exponent * mass);
}

/** Bytes of a text, the 31 most frequent apart and the others as one class. */
const textLaw = (kind: 'typescript-bytes' | 'tiny-shakespeare', context: number): TaskLaw => ({
  ...{ kind, context, codeDim: 8, vocabulary: 32, instance: 0 },
});

/** Texts with the nets that read them: an MLP sees fewer bytes. */
export const texts: Readonly<
  Record<Profile, readonly { readonly net: 'transformer' | 'mlp'; readonly law: TaskLaw }[]>
> = (() => {
  const all = [
    { net: 'transformer', law: textLaw('typescript-bytes', 16) },
    { net: 'transformer', law: textLaw('tiny-shakespeare', 16) },
    { net: 'mlp', law: textLaw('typescript-bytes', 6) },
    { net: 'mlp', law: textLaw('tiny-shakespeare', 6) },
  ] as const;
  return { smoke: [], standard: all, full: all };
})();

/** A law in figures and claims. */
export function titleOf(law: TaskLaw): string {
  switch (law.kind) {
    case 'facts':
      return `language a = ${law.exponent}`;
    case 'typescript-bytes':
      return 'TypeScript bytes';
    case 'tiny-shakespeare':
      return 'Shakespeare bytes';
    default:
      throw new Error(`unknown task of this suite: ${law.kind} (a language or a text)`);
  }
}
