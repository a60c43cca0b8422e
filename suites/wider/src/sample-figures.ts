import {
  type Figure,
  forestChart,
  isNegligible,
  LEVEL,
  MARGIN,
  sharesChart,
} from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';

/** Shares of the random tasks in which the wider net wins. */
export function sharesFigure({ sample }: Decision): Figure | null {
  if (!sample) return null;
  return {
    id: 'random-tasks',
    title: 'Tasks drawn at random in which wider wins',
    caption:
      'Share of the random tasks in which the wider of two tuned nets has the lower held-out loss, with exact (Clopper–Pearson) intervals; tasks of which neither learnt anything are left out. *Do not read* a task’s win as significant: a coin would win half of them, and what the sample says is how far the share lies from ½.',
    chart: sharesChart({
      x: { title: 'share of tasks in which the wider net wins' },
      rows: [sample.overall, ...sample.steps].flatMap(({ label, count, total, share }) =>
        share ? [{ label, count, total, low: share.interval[0], high: share.interval[1] }] : [],
      ),
    }),
  };
}

/** Every random task's effect, in order. */
export function sampleFigure({ sample }: Decision): Figure | null {
  if (!sample) return null;
  const rows = sample.effects.map(({ title, slope }) => ({
    label: title,
    effect: slope.estimate,
    low: slope.interval[0],
    high: slope.interval[1],
    verdict:
      slope.guarded > LEVEL || isNegligible(slope)
        ? ('inconclusive' as const)
        : slope.estimate < 0
          ? ('supported' as const)
          : ('refuted' as const),
  }));
  return {
    id: 'random-effects',
    title: 'The random tasks one by one',
    caption: `Slope of $\\log_2$ loss per doubling of width in every random task, with intervals over seeds alone (so few widths hardly show tuning noise). Here $d$ is the input dimension, $\\sigma$ the noise, $\\Delta$ the distance of class means, $h_{111}$ a product of Hermite polynomials, and $v, m, s, L$ the symbols, synonyms, branching and levels of a grammar. Colours are each task’s own test, uncorrected: a few wrong ones are to be expected; an interval wholly within ±${MARGIN} (dashed) makes no practical difference and counts as none. The axis is linear within them and logarithmic beyond.`,
    chart: forestChart({
      // Most effects are far smaller than the largest: linear in what makes no difference, logarithmic beyond.
      x: {
        title: 'change of log₂ loss per doubling of width',
        scale: 'symlog',
        constant: MARGIN,
      },
      margins: [-MARGIN, MARGIN],
      sides: { low: 'wider is better', high: 'wider is worse' },
      rows: [...rows].sort((a, b) => a.effect - b.effect),
    }),
  };
}
