/**
 * Calibration: does the rig reproduce what is already known?
 *
 * Question: measured with the engine, models and tasks of every other suite, do the field's known results come out?
 *
 * Theory: each law has its formula in `packages/theory`, whose own tests hold it against an independent route.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:calibration
 * Cost: `standard` at most 8 minutes on two cores; `smoke` 20 seconds.
 *
 * Decision rule: a law holds where the intervals of all its measurements lie within the tolerance of their predictions,
 * and fails where one lies beyond it. Tolerances come from theory and precision, with their reasons in the laws' files; they
 * were set after pilot runs, so not blindly, and must be judged by their reasons.
 *
 * What would change our mind: a law that fails. Then either the rig is wrong, and no other suite should be believed until
 * it is mended, or the law does not hold at these sizes, and its section says so.
 */
import type { Evidence, Judgement, Suite } from '@hyperlaw/cli';
import type { Claim } from '@hyperlaw/report';
import { findingsOf } from './findings.ts';
import { laws } from './laws/index.ts';
import { pageOf } from './page.ts';
import { overall, statementOf } from './statement.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'calibration',
  title: 'Calibration: does the rig reproduce what is known?',
  question: {
    id: 'calibration',
    slug: 'calibration',
    text: 'Does the rig that is to speak of open questions reproduce the known results of the theory of hyperparameters?',
  },
  tasks: (profile) => laws.flatMap((law) => law.tasks?.(profile) ?? []),
  experiments: {
    module: new URL('./experiments.ts', import.meta.url).href,
    plan: (profile, tasks) => laws.flatMap((law) => law.plan(profile, tasks)),
  },
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const findings = findingsOf(evidence);
  return {
    verdict: overall(findings),
    statement: statementOf(findings),
    claims: findings.flatMap(({ claims }): readonly Claim[] => claims),
    arms: [],
  };
}
