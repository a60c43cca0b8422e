import type { Evidence } from '@hyperlaw/cli';
import type { Figure, Page } from '@hyperlaw/report';
import { taskName } from '@hyperlaw/tasks';
import { CHECK_STEPS } from './claims.ts';
import {
  deadFigure,
  entropyFigure,
  loadFigure,
  richFigure,
  slopesFigure,
} from './course-figures.ts';
import { watchedNets } from './course-plan.ts';
import { decide } from './decision-rule.ts';
import { driftsOf, tunedOf } from './evidence.ts';
import { scaleOf } from './plan.ts';
import { riddleOf } from './statement.ts';
import { watchedLaw } from './tasks.ts';
import { bestRatesFigure, driftFigure, lossesFigure, ratesFigure } from './transfer-figures.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(evidence: Evidence): Omit<Page, 'verdict' | 'command' | 'title'> {
  const tuned = tunedOf(evidence);
  const decision = decide(driftsOf(evidence, tuned));
  const nets = watchedNets(evidence);
  const { axes } = scaleOf(evidence.profile);
  const task = evidence.tasks.find(({ name }) => name === taskName(watchedLaw));
  const { early: first, late } = CHECK_STEPS;
  const slopes = (['width', 'all', 'fine'] as const).map((axis) => slopesFigure(nets, axis, late));
  const early = slopesFigure(nets, 'all', first);
  const figures: readonly (Figure | null)[] = [
    driftFigure(decision),
    bestRatesFigure(tuned),
    lossesFigure(tuned),
    ...(task ? axes.map((axis) => ratesFigure(tuned, axis, task)) : []),
    ...(nets.length > 0
      ? [
          ...slopes,
          early,
          richFigure(nets),
          entropyFigure(nets),
          loadFigure(nets),
          deadFigure(nets),
        ]
      : []),
  ];
  return {
    introduction: [...introduction, riddleOf(decision)],
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence, decision),
  };
}
