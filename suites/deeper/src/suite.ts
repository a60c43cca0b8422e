/**
 * Is deeper better? (open question oq-3-6)
 *
 * Question: when all hyperparameters are optimally tuned, does a deeper MLP perform better on average on arbitrary
 * tasks?
 *
 * Theory: a plain net of infinite depth is ill-conditioned off the critical line (1611.01232), and even on it
 * fluctuates as exp(depth/width) (1909.05989). Residual nets have limits of infinite depth at branch multipliers
 * L^{-1/2} (2309.16620, 2310.02244) and L^{-1} (2505.01618), in which the best learning rate should stay. Whether
 * loss falls on the way is what no theory says.
 *
 * Compared: depths 1 to 64 of residual MLPs on seven named tasks and, at three depths, on 24 tasks drawn at random; of
 * plain MLPs; and of a transformer on bytes; at equal width, at equal parameters and at equal compute. Learning rate,
 * init scale and branch multiplier are tuned at every depth, from a search of its own and from what its neighbours found.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:deeper
 * Cost: `standard` about 12 processor minutes, so 6 to 7 minutes on two cores; `smoke` 20 seconds; `full` a night on a GPU.
 *
 * Decision rule: `decision-rule.ts`, fixed before the data and tested on made-up sweeps.
 *
 * What would change our mind: for a comparison, a named task that points the other way with interior optima, or a
 * share of random tasks in which deeper wins on the other side of one half.
 */
import { type Evidence, type Judgement, type Suite, verdictArm } from '@hyperlaw/cli';
import { decide } from './decision-rule.ts';
import { comparisons } from './equal-budgets.ts';
import { sorted } from './evidence.ts';
import { pageOf } from './page.ts';
import { gapClaims, gapsOf, plainClaims } from './plain-nets.ts';
import { planOf, type Tuned } from './plan.ts';
import { statementOf } from './statement.ts';
import { namedLaws, randomLaws, textLaw } from './tasks.ts';
import { driftClaims, multiplierClaims, ruleTitle } from './transfer.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'deeper',
  title: 'Is deeper better?',
  question: {
    id: 'oq-3-6',
    slug: 'is-deeper-better',
    text: 'Can it be shown that, when all hyperparameters are all optimally tuned, a deeper MLP performs better on average on arbitrary tasks (perhaps under some reasonable assumptions on task structure)?',
  },
  tasks: (profile) => [...namedLaws(profile), textLaw, ...randomLaws(profile)],
  plan: planOf,
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const { tuned, compared, plain } = sorted(evidence);
  const decision = decide(compared);
  return {
    verdict: decision.verdict,
    statement: statementOf(decision),
    claims: [
      ...comparisons.flatMap((each) => decision.parts[each].claims),
      ...plainClaims(plain),
      ...gapClaims(gapsOf(plain.width, compared.width.named)),
      ...driftClaims(tuned),
      ...multiplierClaims(tuned),
    ],
    arms: tuned.map((arm) => verdictArm({ ...arm, parameterization: parameterizationTitle(arm) })),
  };
}

function parameterizationTitle(arm: Tuned): string {
  switch (arm.group) {
    case 'transfer':
      return `μP, ${ruleTitle(arm)}, rate alone`;
    default:
      return arm.net === 'plain' ? 'μP' : `μP, ${arm.rule}`;
  }
}
