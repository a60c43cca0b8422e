import type { Evidence } from '@hyperlaw/cli';
import type { Figure, Page, Verdict } from '@hyperlaw/report';
import { decide } from './decision-rule.ts';
import { sorted } from './evidence.ts';
import {
  driftFigure,
  effectsFigure,
  gapFigure,
  ratesFigure,
  sampleFigure,
  scaleFigure,
  sharesFigure,
  stepsFigure,
  tunedLossFigure,
} from './figures.ts';
import { gapsOf } from './foil.ts';
import { caveats, decisionRule, introduction, method } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  evidence: Evidence,
  { claims }: Verdict,
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const { tuned, named, random } = sorted(evidence);
  const decision = decide(named, random);
  const floors = new Map(evidence.tasks.map(({ name, bestLoss }) => [name, bestLoss ?? 0]));
  const familyOf = (name: string) =>
    evidence.tasks.find((task) => task.name === name)?.law.kind ?? 'task';
  const rates = named.map(({ task, title }) => ratesFigure(task, title, tuned));
  const figures: readonly (Figure | null)[] = [
    tunedLossFigure(named, floors),
    effectsFigure(claims, decision),
    stepsFigure(decision),
    sharesFigure(decision),
    ...rates.slice(0, 1),
    driftFigure(tuned, named),
    scaleFigure(tuned),
    gapFigure(gapsOf(named)),
    sampleFigure(decision, familyOf),
    ...rates.slice(1),
  ];
  return {
    introduction,
    figures: figures.filter((figure) => figure !== null),
    method: method(evidence),
    decisionRule,
    caveats: caveats(evidence),
  };
}
