import type { Evidence } from '@hyperlaw/cli';
import { type Figure, type Page, sampleFigure, type Verdict } from '@hyperlaw/report';
import { decide, depthWords } from './decision-rule.ts';
import { sorted } from './evidence.ts';
import { effectsFigure, gapFigure, plainFigure, stepsFigure, tunedLossFigure } from './figures.ts';
import { gapsOf } from './plain-nets.ts';
import { sharesFigure } from './shares-figure.ts';
import { driftFigure, multiplierFigure, ratesFigure, rulesFigure } from './transfer-figures.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  evidence: Evidence,
  { claims }: Verdict,
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const { tuned, compared, residual, plain } = sorted(evidence);
  const decision = decide(compared);
  const floors = new Map(evidence.tasks.map(({ name, bestLoss }) => [name, bestLoss ?? 0]));
  const { width, parameters, compute } = compared;
  const { sample } = decision.parts.width;
  const rates = plain.width.map(({ task, title }) => ratesFigure(tuned, task, title));
  const gaps = gapsOf(plain.width, width.named);
  const figures: readonly (Figure | null)[] = [
    tunedLossFigure(
      { width: width.named, parameters: parameters.named, compute: compute.named },
      floors,
    ),
    effectsFigure(claims, decision),
    sharesFigure(decision),
    stepsFigure(decision),
    plainFigure(width.named, plain.width),
    ...(gaps.length > 1 ? [gapFigure(gaps)] : []),
    driftFigure(tuned),
    ...rates.slice(0, 1),
    multiplierFigure(tuned),
    rulesFigure(tuned, width.named),
    sample && sampleFigure(sample, depthWords('width')),
    ...rates.slice(1),
  ];
  return {
    introduction,
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence, { decision, compared, residual }),
  };
}
