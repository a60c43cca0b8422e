import type { Evidence, Suite } from '@hyperlaw/cli';
import { findingOf } from './finding-of.ts';
import { laws } from './laws/index.ts';

/** One section a law, in order. */
export function pageOf(evidence: Evidence): ReturnType<Suite['page']> {
  const findings = laws.map((law) => findingOf(law, evidence));
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
    decisionRule: [
      'A measurement agrees with its prediction where its whole 95 % interval lies within the tolerance of it, and disagrees where none of the interval does; between the two it is undecided.',
      'A law holds where all its measurements agree, and fails where one disagrees.',
      'Tolerances were written into the laws’ files before the data.',
    ],
    caveats: [
      'Intervals are for one measurement at a time: of a hundred true laws with tight tolerances a few may come out undecided.',
      'Agreement at these sizes says nothing of others: ranges are on the axes.',
    ],
  };
}
