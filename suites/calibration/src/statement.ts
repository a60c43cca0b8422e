import type { VerdictWord } from '@hyperlaw/report';
import type { Found } from './finding-of.ts';

type Judged = Pick<Found, 'verdict'> & { readonly law: Pick<Found['law'], 'title'> };

/** `supported` where all laws hold, `refuted` where none does, `mixed` where one fails; undecided laws leave it open. */
export function overall(findings: readonly Judged[]): VerdictWord {
  const count = (word: VerdictWord) => findings.filter(({ verdict }) => verdict === word).length;
  if (count('supported') === findings.length) return 'supported';
  if (count('refuted') === findings.length) return 'refuted';
  return count('refuted') + count('mixed') > 0 ? 'mixed' : 'inconclusive';
}

/** One sentence: how many laws hold, and which do not. */
export function statementOf(findings: readonly Judged[]): string {
  const titles = (...words: readonly VerdictWord[]) =>
    findings.filter(({ verdict }) => words.includes(verdict)).map(({ law }) => law.title);
  const [held, failed, open] = [
    titles('supported'),
    titles('refuted', 'mixed'),
    titles('inconclusive'),
  ];
  const parts = [
    `Of ${findings.length} known results ${held.length} come out within their tolerances`,
    ...(failed.length > 0 ? [`not in all parts: ${failed.join('; ')}`] : []),
    ...(open.length > 0 ? [`undecided by this profile: ${open.join('; ')}`] : []),
  ];
  return `${parts.join('; ')}.`;
}
