import type { Verdict } from '@hyperlaw/report';
import type { Evidence, Judgement, Suite } from '../suite.ts';

/** What stands in a verdict beside the judgement. */
export type Circumstances = Pick<Verdict, 'compute' | 'provenance'>;

/** The verdict of a suite on evidence; under `smoke` it is inconclusive by rule, whatever the numbers say. */
export function judge(suite: Suite, evidence: Evidence, circumstances: Circumstances): Verdict {
  const { compute, provenance } = circumstances;
  const judgement = suite.judge(evidence);
  const { verdict, statement, claims, arms } =
    evidence.profile === 'smoke' ? undecided(judgement) : judgement;
  return {
    suite: suite.name,
    question: suite.question,
    verdict,
    statement,
    profile: evidence.profile,
    claims,
    arms,
    compute,
    provenance,
  };
}

function undecided({ statement, claims, arms }: Judgement): Judgement {
  return {
    verdict: 'inconclusive',
    statement: `A smoke run proves that everything works and decides nothing. ${statement}`,
    claims: claims.map((claim) => ({ ...claim, verdict: 'inconclusive' })),
    arms,
  };
}
