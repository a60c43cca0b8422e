import type { Evidence } from '@hyperlaw/cli';
import type { Figure, Page, Verdict } from '@hyperlaw/report';
import { sorted } from './evidence.ts';
import {
  exponentsFigure,
  isoComputeFigure,
  lawFigure,
  optimaFigure,
  ratioFigure,
} from './figures.ts';
import { proportionFigure, slopesFigure } from './forest-figures.ts';
import { featuresFigure } from './random-features/figure.ts';
import { featuresFound } from './random-features/found.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  evidence: Evidence,
  { claims }: Verdict,
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const all = sorted(evidence);
  const features = featuresFound(evidence);
  const figures: readonly (Figure | null)[] = [
    exponentsFigure(all, features),
    slopesFigure(all),
    isoComputeFigure(all, 'transformer', false),
    optimaFigure(all),
    ratioFigure(all, features),
    proportionFigure(all, claims),
    isoComputeFigure(all, 'transformer', true),
    featuresFigure(features, 'onePass'),
    featuresFigure(features, 'fitted'),
    isoComputeFigure(all, 'mlp', false),
    isoComputeFigure(all, 'mlp', true),
    lawFigure(all),
  ];
  return {
    introduction,
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence, all, features),
  };
}
