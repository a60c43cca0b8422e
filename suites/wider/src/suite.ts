/**
 * Is wider better? (open question oq-3-4)
 *
 * Question: when all hyperparameters are optimally tuned, does a wider MLP perform better on average on arbitrary
 * tasks?
 *
 * Theory: yes where only the readout is trained (2311.14646); in μP training converges as width grows (2011.14522,
 * 2203.03466), so that the tuned loss should tend to a limit and the best learning rate should stay. Where all layers
 * learn nothing is proved.
 *
 * Compared: widths 8 to 256 (`full`: 4096), in μP and in SP, on seven named tasks; three widths in μP on 40 tasks
 * drawn at random. Learning rate and init scale are tuned at every width, and with them the richness, which
 * homogeneity makes redundant.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:wider
 * Cost: `standard` about 7 processor minutes, so 4 minutes on two cores; `smoke` 20 seconds; `full` a night on a GPU.
 *
 * Decision rule: `decision-rule.ts`, fixed before the data (after pilots on other seeds and tasks) and tested on made-up
 * sweeps.
 *
 * What would change our mind: a named task whose tuned loss rises with width, or turns, with interior optima; or a
 * share of random tasks in which wider wins that does not exceed one half.
 */
import { type Evidence, type Judgement, type Suite, verdictArm } from '@hyperlaw/cli';
import { decide } from './decision-rule.ts';
import { driftClaims } from './drift.ts';
import { sorted } from './evidence.ts';
import { fixedClaims, gapClaim, gapsOf } from './foil.ts';
import { pageOf } from './page.ts';
import { planOf } from './plan.ts';
import { statementOf } from './statement.ts';
import { namedLaws, randomLaws } from './tasks.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'wider',
  title: 'Is wider better?',
  question: {
    id: 'oq-3-4',
    slug: 'is-wider-better',
    text: 'Can it be shown that, when all hyperparameters are optimally tuned, a wider MLP performs better on average on arbitrary tasks (perhaps under some reasonable assumptions on task structure)?',
  },
  tasks: (profile) => [...namedLaws(profile), ...randomLaws(profile)],
  plan: planOf,
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const { tuned, named, random, fixed } = sorted(evidence);
  const decision = decide(named, random);
  const gap = gapClaim(gapsOf(named));
  return {
    verdict: decision.verdict,
    statement: statementOf(decision),
    claims: [
      ...decision.claims,
      ...driftClaims(tuned),
      ...(gap ? [gap] : []),
      ...fixedClaims(fixed),
    ],
    arms: tuned.map(verdictArm),
  };
}
