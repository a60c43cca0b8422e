import type { Evidence } from '@hyperlaw/cli';
import type { Figure, Page, Verdict } from '@hyperlaw/report';
import { contestsOf, tunedOf } from './evidence.ts';
import { gapsFigure, normsFigure, worstFigure } from './need-figures.ts';
import { decideNeed } from './need-rule.ts';
import { basinFigure, doseFigure, planeFigure, rateFigure, scaleFigure } from './plane-figures.ts';
import {
  effectiveRateFigure,
  growthFigure,
  rankFigure,
  spectraFigure,
  streamFigure,
} from './signal-figures.ts';
import { slicesFigure } from './slices-figure.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  evidence: Evidence,
  { claims }: Verdict,
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const contests = contestsOf(evidence);
  const need = decideNeed(contests);
  const figures: readonly (Figure | null)[] = [
    planeFigure(evidence),
    scaleFigure(evidence, 'plain'),
    rateFigure(evidence),
    basinFigure(evidence),
    doseFigure(evidence),
    growthFigure(evidence),
    effectiveRateFigure(evidence),
    rankFigure(evidence),
    spectraFigure(evidence),
    scaleFigure(evidence, 'residual'),
    streamFigure(evidence),
    worstFigure(need, claims),
    gapsFigure(need),
    normsFigure(contests),
    slicesFigure(tunedOf(evidence)),
  ];
  return {
    introduction,
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence, need),
  };
}
