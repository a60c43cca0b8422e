import type { Claim, VerdictWord } from '@hyperlaw/report';
import type { Found } from './finding-of.ts';

interface Judged extends Pick<Found, 'verdict'> {
  readonly law: Pick<Found['law'], 'title'>;
  readonly claims: readonly Pick<Claim, 'verdict'>[];
}

/** `supported` where all laws hold, `refuted` where none does, `mixed` where one fails; undecided laws leave it open. */
export function overall(findings: readonly Judged[]): VerdictWord {
  const count = (word: VerdictWord) => findings.filter(({ verdict }) => verdict === word).length;
  if (count('supported') === findings.length) return 'supported';
  if (count('refuted') === findings.length) return 'refuted';
  return count('refuted') + count('mixed') > 0 ? 'mixed' : 'inconclusive';
}

/** One sentence: how many comparisons agree, how many laws hold in all parts, and which do not. */
export function statementOf(findings: readonly Judged[]): string {
  const claims = findings.flatMap((found) => found.claims);
  const count = (word: VerdictWord) => claims.filter(({ verdict }) => verdict === word).length;
  const titles = (...words: readonly VerdictWord[]) =>
    findings.filter(({ verdict }) => words.includes(verdict)).map(({ law }) => law.title);
  const [held, failed, open] = [
    titles('supported'),
    titles('refuted', 'mixed'),
    titles('inconclusive'),
  ];
  const sentences = [
    `Of ${claims.length} comparisons with ${findings.length} known results ${count('supported')} agree with theory within their tolerances, ${count('refuted')} do not and ${count('inconclusive')} are undecided`,
    `All parts hold of: ${held.join('; ') || 'none'}`,
    ...(failed.length > 0 ? [`Some part fails of: ${failed.join('; ')}`] : []),
    ...(open.length > 0 ? [`Some part is undecided of: ${open.join('; ')}`] : []),
  ];
  return `${sentences.join('. ')}.`;
}
