import type { Verdict } from '@hyperlaw/report';
import type { Evidence, Judgement, Suite } from '../suite.ts';

/** What stands in a verdict beside the judgement. */
export type Circumstances = Pick<Verdict, 'compute' | 'provenance'>;

/** The verdict of a suite on evidence; under `smoke` it is inconclusive by rule, whatever the numbers say. */
export function judge(suite: Suite, evidence: Evidence, circumstances: Circumstances): Verdict {
  const { compute, provenance } = circumstances;
  const judgement = suite.judge(evidence);
  const { verdict, statement, further, claims, arms } =
    evidence.profile === 'smoke' ? undecided(judgement) : judgement;
  return {
    suite: suite.name,
    question: suite.question,
    verdict,
    statement,
    ...(further && { further }),
    profile: evidence.profile,
    claims,
    arms,
    compute,
    provenance,
  };
}

function undecided({ statement, further, claims, arms }: Judgement): Judgement {
  const nothing = <Answer extends Pick<Judgement, 'verdict' | 'statement'>>(answer: Answer) => ({
    ...answer,
    verdict: 'inconclusive' as const,
    statement: `A smoke run proves that everything works and decides nothing. ${answer.statement}`,
  });
  return {
    ...nothing({ verdict: 'inconclusive', statement }),
    ...(further && { further: further.map(nothing) }),
    claims: claims.map((claim) => ({ ...claim, verdict: 'inconclusive' })),
    arms,
  };
}
