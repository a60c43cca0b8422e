import { forestChart } from '../charts/forest.ts';
import type { Figure } from '../page/page.ts';
import { LEVEL, MARGIN } from './levels.ts';
import { isNegligible, type Slope } from './size-effect.ts';
import type { SizeSample } from './size-sample.ts';
import type { SizeWords } from './size-words.ts';

/** Every random task's effect, in order. */
export function sampleFigure({ effects }: SizeSample, { size, more, where }: SizeWords): Figure {
  const rows = effects.map(({ title, slope }) => ({
    label: title,
    effect: slope.estimate,
    low: slope.interval[0],
    high: slope.interval[1],
    verdict: wordOf(slope),
  }));
  return {
    id: 'random-effects',
    title: `The random tasks one by one${where ? `,${where}` : ''}`,
    caption: `Slope of $\\log_2$ loss per doubling of ${size} in every random task, with intervals over seeds alone (so few ${size}s hardly show tuning noise). Here $d$ is the input dimension, $\\sigma$ the noise, $\\Delta$ the distance of class means, $h_{111}$ a product of Hermite polynomials, and $v, m, s, L$ the symbols, synonyms, branching and levels of a grammar. Colours are each task’s own test, uncorrected: a few wrong ones are to be expected; an interval wholly within ±${MARGIN} (dashed) makes no practical difference and counts as none. The axis is linear within them and logarithmic beyond.`,
    chart: forestChart({
      // Most effects are far smaller than the largest: linear in what makes no difference, logarithmic beyond.
      x: {
        title: `change of log₂ loss per doubling of ${size}`,
        scale: 'symlog',
        constant: MARGIN,
      },
      margins: [-MARGIN, MARGIN],
      sides: { low: `${more} is better`, high: `${more} is worse` },
      rows: [...rows].sort((a, b) => a.effect - b.effect),
    }),
  };
}

function wordOf(slope: Slope): 'supported' | 'refuted' | 'inconclusive' {
  if (slope.guarded > LEVEL || isNegligible(slope)) return 'inconclusive';
  return slope.estimate < 0 ? 'supported' : 'refuted';
}
