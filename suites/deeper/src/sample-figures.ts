import {
  type Figure,
  forestChart,
  isNegligible,
  LEVEL,
  MARGIN,
  sharesChart,
} from '@hyperlaw/report';
import { type Decision, whereTitles } from './decision-rule.ts';
import { comparisons } from './equal-budgets.ts';

/** Shares of the random tasks in which the deeper net wins, by what is held equal. */
export function sharesFigure({ parts }: Decision): Figure | null {
  const rows = comparisons.flatMap((comparison) => {
    const { sample } = parts[comparison];
    const where = whereTitles[comparison].replace('at ', '');
    return (sample ? [sample.overall, ...sample.steps] : []).flatMap(
      ({ label, count, total, share }) => {
        if (share === null) return [];
        const [low, high] = share.interval;
        return [{ label: `${where}: ${label}`, count, total, low, high }];
      },
    );
  });
  if (rows.length === 0) return null;
  return {
    id: 'random-tasks',
    title: 'Tasks drawn at random in which deeper wins',
    caption:
      'Share of the random tasks in which the deeper of two tuned residual nets has the lower held-out loss, with exact (Clopper–Pearson) intervals; tasks of which neither learnt anything are left out. *Do not read* a task’s win as significant: a coin would win half of them, and what the sample says is how far the share lies from ½.',
    chart: sharesChart({ x: { title: 'share of tasks in which the deeper net wins' }, rows }),
  };
}

/** Every random task's effect at equal width, in order. */
export function sampleFigure({ parts }: Decision): Figure | null {
  const { sample } = parts.width;
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
    title: 'The random tasks one by one, at equal width',
    caption: `Slope of $\\log_2$ loss per doubling of depth in every random task, with intervals over seeds alone (so few depths hardly show tuning noise). Here $d$ is the input dimension, $\\sigma$ the noise, $\\Delta$ the distance of class means, $h_{111}$ a product of Hermite polynomials, and $v, m, s, L$ the symbols, synonyms, branching and levels of a grammar. Colours are each task’s own test, uncorrected: a few wrong ones are to be expected; an interval wholly within ±${MARGIN} (dashed) makes no practical difference and counts as none. The axis is linear within them and logarithmic beyond.`,
    chart: forestChart({
      // Most effects are far smaller than the largest: linear in what makes no difference, logarithmic beyond.
      x: {
        title: 'change of log₂ loss per doubling of depth',
        scale: 'symlog',
        constant: MARGIN,
      },
      margins: [-MARGIN, MARGIN],
      sides: { low: 'deeper is better', high: 'deeper is worse' },
      rows: [...rows].sort((a, b) => a.effect - b.effect),
    }),
  };
}
