import type { VerdictWord } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import { holds } from './law.ts';
import { overall, statementOf } from './statement.ts';

/** Laws by the verdicts of their claims. */
function found(laws: Readonly<Record<string, readonly VerdictWord[]>>) {
  return Object.entries(laws).map(([title, words]) => {
    const claims = words.map((verdict) => ({ verdict }));
    return { law: { title }, claims, verdict: holds(claims) };
  });
}

describe('the verdict on all laws', () => {
  it('is supported only where every measurement agrees', () => {
    expect(overall(found({ one: ['supported', 'supported'], two: ['supported'] }))).toBe(
      'supported',
    );
    expect(overall(found({ one: ['supported', 'inconclusive'] }))).toBe('inconclusive');
  });
  it('is mixed where some part of a law fails, whatever else holds', () => {
    expect(overall(found({ one: ['supported'], two: ['supported', 'refuted'] }))).toBe('mixed');
    expect(overall(found({ one: ['refuted'], two: ['refuted'] }))).toBe('refuted');
  });
  it('counts comparisons and names the laws that do not hold in all parts', () => {
    const laws = {
      one: ['supported'],
      two: ['supported', 'refuted'],
      three: ['inconclusive'],
    } as const;
    expect(statementOf(found(laws))).toBe(
      'Of 4 comparisons with 3 known results 2 agree with theory within their tolerances, 1 do not and 1 are undecided. All parts hold of: one. Some part fails of: two. Some part is undecided of: three.',
    );
  });
});
