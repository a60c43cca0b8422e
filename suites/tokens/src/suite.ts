/**
 * Why tokens ∝ parameters? (open question oq-3-9)
 *
 * Question: why do compute-optimal language models want tokens in proportion to parameters?
 *
 * Theory: random features fitted to the end want n ∝ k at every difficulty (2311.14646); trained in one pass they want
 * k ∝ C^1/(2 + a) on a spectrum λ_i ∝ i^−(1 + a) (2405.15074), proportional only in the limit of hard tasks. Whether nets
 * follow either is what no theory says.
 *
 * Compared: sizes N and tokens D at equal compute, of transformers and MLPs on languages of facts with a tunable power law
 * of difficulty and on bytes; every pair trained with a schedule and a tuned rate of its own; all three approaches of
 * 2203.15556.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:tokens
 * Cost: `standard` about 9 processor minutes, so 5 minutes on two idle cores; `smoke` 15 seconds; `full` a night.
 *
 * Decision rule: `decision-rule.ts`, fixed before the data and tested on made-up losses.
 *
 * What would change our mind: exponents of transformers that do not move with the language's difficulty, or move the
 * other way, with interior optima.
 */
import { type Evidence, type Judgement, type Suite, verdictArm } from '@hyperlaw/cli';
import { claimsOf } from './claims.ts';
import { sorted } from './evidence.ts';
import { pageOf } from './page.ts';
import { planOf } from './plan.ts';
import { featuresFound } from './random-features/found.ts';
import { featurePlan } from './random-features/plan.ts';
import { difficulties, languageLaw, texts } from './sources.ts';
import { statementOf } from './statement.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'tokens',
  title: 'Why tokens ∝ parameters?',
  question: {
    id: 'oq-3-9',
    slug: 'why-tokens-propto-parameters-in-llms',
    text: 'Why is the compute-optimal prescription for LLMs a fixed number of tokens per parameter?',
  },
  tasks: (profile) => [
    ...difficulties[profile].map(languageLaw),
    ...texts[profile].map(({ law }) => law),
  ],
  experiments: {
    module: new URL('./experiments.ts', import.meta.url).href,
    plan: featurePlan,
  },
  plan: planOf,
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const all = sorted(evidence);
  return {
    verdict: all.decisions.transformer.verdict,
    statement: statementOf(all),
    claims: claimsOf(all, featuresFound(evidence)),
    arms: all.swept.flatMap(({ tuned }) =>
      tuned.map((arm) => verdictArm({ ...arm, parameterization: 'μP' })),
    ),
  };
}
