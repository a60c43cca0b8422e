import type { Evidence } from '@hyperlaw/cli';
import { type Figure, type Page, sampleFigure, type Verdict } from '@hyperlaw/report';
import { taskTitles } from '@hyperlaw/tasks';
import { decide } from './decision-rule.ts';
import { sorted } from './evidence.ts';
import {
  driftFigure,
  effectsFigure,
  gapFigure,
  ratesFigure,
  scaleFigure,
  stepsFigure,
  tunedLossFigure,
} from './figures.ts';
import { gapsOf } from './foil.ts';
import { sharesFigure } from './shares-figure.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';
import { WIDTH_WORDS } from './words-of-width.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  evidence: Evidence,
  { claims }: Verdict,
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const { tuned, named, random } = sorted(evidence);
  const decision = decide(named, random);
  const hasFixed = tuned.some(({ group }) => group === 'fixed');
  const floors = new Map(evidence.tasks.map(({ name, bestLoss }) => [name, bestLoss ?? 0]));
  const rates = named.map((task) =>
    ratesFigure(task, tuned, hasFixed ? ['named', 'fixed'] : ['named']),
  );
  const shown = Math.max(
    0,
    named.findIndex(({ title }) => title === taskTitles.teacher),
  );
  const figures: readonly (Figure | null)[] = [
    tunedLossFigure(named, floors),
    effectsFigure(claims, decision),
    stepsFigure(decision),
    sharesFigure(decision),
    ...rates.slice(shown, shown + 1),
    driftFigure(tuned, named),
    scaleFigure(tuned),
    gapFigure(gapsOf(named)),
    decision.sample && sampleFigure(decision.sample, WIDTH_WORDS),
    ...rates.filter((_, i) => i !== shown),
  ];
  return {
    introduction,
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence),
  };
}
