import type { Verdict } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import type { Evidence, Judgement, Suite } from '../suite.ts';
import { judge } from './judge.ts';

const question = { id: 'oq-0-1', slug: 'further', text: 'And further?' };
const judgement: Judgement = {
  verdict: 'supported',
  statement: 'It is.',
  further: [{ question, verdict: 'refuted', statement: 'It is not.' }],
  claims: [],
  arms: [],
};
const suite = {
  name: 'made-up',
  question: { id: 'oq-0-0', slug: 'first', text: 'Is it?' },
  judge: () => judgement,
} as unknown as Suite;
const verdictIn = (profile: Evidence['profile']) =>
  judge(suite, { profile } as Evidence, {} as Pick<Verdict, 'compute' | 'provenance'>);

describe('a judgement with further answers', () => {
  it('stays as it is in the verdict', () => {
    expect(verdictIn('standard')).toMatchObject({ verdict: 'supported', question: suite.question });
    expect(verdictIn('standard').further).toEqual(judgement.further);
  });

  it('decides nothing under smoke, in any of them', () => {
    const { verdict, further } = verdictIn('smoke');
    expect(verdict).toBe('inconclusive');
    expect(further?.map((answer) => answer.verdict)).toEqual(['inconclusive']);
    expect(further?.[0]?.question).toEqual(question);
  });
});
