import { decideHarm } from '@hyperlaw/report';
import { type HarmFindings, harmRounds, studyHarm } from '@hyperlaw/sweep';
import type { Evidence, Judgement, Suite } from '../suite.ts';
import { armsOf } from './arms.ts';
import type { CounterexampleDeclaration } from './declaration.ts';
import { designOf } from './design.ts';
import { harmEvidence } from './evidence.ts';
import { pageOf } from './page.ts';
import { statementOf } from './statement.ts';

/** A suite that looks for a counterexample to "larger is better", from its declaration. */
export function counterexampleSuite(declaration: CounterexampleDeclaration): Suite {
  const { name, title, question, scales, words } = declaration;
  const found = (evidence: Evidence): HarmFindings => {
    if (evidence.studied === undefined) throw new Error(`nothing studied: ${name} (its study)`);
    return evidence.studied as HarmFindings;
  };
  const judge = (evidence: Evidence): Judgement => {
    const scale = scales[evidence.profile];
    const findings = found(evidence);
    const decision = decideHarm(harmEvidence(declaration, scale, findings), words);
    return {
      verdict: decision.verdict,
      statement: statementOf(declaration, { scale, findings, decision }),
      claims: decision.claims,
      arms: armsOf(declaration, scale, findings),
    };
  };
  return {
    name,
    title,
    question,
    tasks: () => [],
    study: (profile, tune) => {
      const scale = scales[profile];
      return studyHarm(designOf(declaration, scale), scale.plan, tune);
    },
    studyRounds: (profile) => {
      const scale = scales[profile];
      return harmRounds(designOf(declaration, scale), scale.plan);
    },
    judge,
    page: (evidence) => {
      const scale = scales[evidence.profile];
      const findings = found(evidence);
      const decision = decideHarm(harmEvidence(declaration, scale, findings), words);
      return pageOf(declaration, { scale, findings, decision, profile: evidence.profile });
    },
  };
}
