import type { Evidence, Suite } from '@hyperlaw/cli';
import { findingsOf } from './findings.ts';

/** One section a law, in order. */
export function pageOf(evidence: Evidence): ReturnType<Suite['page']> {
  const findings = findingsOf(evidence);
  return {
    introduction: [
      'A benchmark of open questions is worth what its instruments are worth. Here the same engine, models and tasks that the other suites use measure results that are already known, each laid over its theory. Nothing is tuned to pass: a law that does not come out is shown as failing, with what was found.',
    ],
    claims: 'laws',
    figures: [],
    sections: findings.map(({ law, verdict, claims, figures, text }) => ({
      id: law.id,
      title: law.title,
      law: law.law,
      holds: verdict,
      text,
      figures,
      claims,
      headlines: law.headlines ?? 3,
    })),
    method: [
      'Every measurement is an experiment: a pure function of its seed and sizes, run by the engine in float32 unless its section says otherwise. Theory is computed in float64 by `packages/theory`, whose tests hold every formula against an independent route.',
    ],
    decisionRuleDate: 'Written down with the tolerances, after pilot runs.',
    decisionRule: [
      'A measurement agrees with its prediction where its whole 95 % interval lies within the tolerance of it, and disagrees where none of the interval does; between the two it is undecided.',
      'A law holds where all its measurements agree, holds in part where some agree and another disagrees, and fails where one disagrees and none agrees; otherwise it is undecided.',
      'Tolerances come from theory and precision, each with its reason in the law’s file. They were set after pilot runs, so not blindly: by their reasons, not by their results, they must be judged. After reviews the laws of parameterizations, of richness and of learning-rate rules, and how deep nets can be trained, were drawn anew, with seeds that no tolerance has seen.',
    ],
    caveats: [
      'Intervals are for one measurement at a time: of a hundred true laws with tight tolerances a few may come out undecided.',
      'Agreement at these sizes says nothing of others: ranges are on the axes.',
      'Not all that disagrees is a law that fails: range tests are rules of practice, for which there is no theory, and plateaus at large $\\gamma$ bend as the scalar net’s do, whose limit is farther off (see there).',
      'Where a claim is of the worst met of several sizes, as its test says, nothing is corrected for having chosen it: such a claim is harder to meet, not easier.',
      'Order and chaos: how deep nets can be trained is judged over three seeds, at every weight variance. Near the critical line, where $6\\,\\xi_c$ is beyond the deepest net that was trained, that is a claim of its own, which can fail or stay open but not hold: the deepest net lies more than a doubling below $6\\,\\xi_c$. The plane is judged at $\\sigma_b^2 > 0$; $\\sigma_b^2 = 0$ is only drawn.',
    ],
  };
}
