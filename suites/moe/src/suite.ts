/**
 * How should hyperparameters of mixtures of experts scale? (open question oq-3-11)
 *
 * Question: as width, number of experts and number of active experts grow, each alone and together, under which
 * parameterization does the best learning rate stay where it is?
 *
 * Theory: with the number of experts fixed, experts are hidden weights and the router is an output layer (2508.09752;
 * regime I of 2605.14200). Where numbers grow too, gates times k₀/k keep the sum over experts of order 1 in its coherent
 * part, whose incoherent part then falls as k^{-1/2}: the mean of k independent random maps. 2605.14200 finds that μP
 * does not reliably transfer there, and repairs it by larger second maps (experts of a fixed width) or by
 * experts that start alike (all scaling).
 *
 * Compared: SP and seven rules, of which two pairs turn out to train alike, on six axes through one net (an input layer, a
 * mixture of sigmoid-gated experts, a readout; Adam) and six tasks, the learning rate tuned at every point; and the same
 * nets watched while they train: changes of coordinates by role, entropy of the router, load, feature change.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:moe
 * Cost: `standard` about 9 processor minutes, so 5 minutes on two idle cores; `smoke` 15 seconds; `full` a night on a GPU.
 *
 * Decision rule: `decision-rule.ts`, fixed before the data and tested on made-up drifts.
 *
 * What would change our mind: for a proposal, a drift along an axis of its scope on the other side of ±1/4.
 */
import { type Evidence, type Judgement, type Suite, verdictArm } from '@hyperlaw/cli';
import { answerClaims, richClaims, slopeClaims } from './claims.ts';
import { coursePlan, watchedNets } from './course-plan.ts';
import { decide } from './decision-rule.ts';
import { driftsOf, tunedOf } from './evidence.ts';
import { pageOf } from './page.ts';
import { planOf } from './plan.ts';
import { proposals } from './proposals.ts';
import { statementOf } from './statement.ts';
import { taskLaws } from './tasks.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'moe',
  title: 'How should hyperparameters of mixtures of experts scale?',
  question: {
    id: 'oq-3-11',
    slug: 'hyperparameter-scaling-for-moes',
    text: 'What hyperparameter scaling prescriptions apply to mixtures of experts?',
  },
  tasks: taskLaws,
  plan: planOf,
  experiments: {
    module: new URL('./experiments.ts', import.meta.url).href,
    plan: coursePlan,
  },
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const tuned = tunedOf(evidence);
  const decision = decide(driftsOf(evidence, tuned));
  const watched = watchedNets(evidence);
  const arms = new Map(tuned.map((cell) => [cell.arm.name, cell]));
  return {
    verdict: decision.verdict,
    statement: statementOf(decision),
    claims: [
      ...answerClaims(decision),
      ...decision.claims.map(({ claim }) => claim),
      ...slopeClaims(watched),
      ...richClaims(watched),
    ],
    arms: [...arms.values()].map((cell) =>
      verdictArm({ ...cell, parameterization: proposals[cell.proposal].title }),
    ),
  };
}
