import type { VerdictWord } from '@hyperlaw/report';
import { type Approach, approaches, type Scaling } from './exponents.ts';
import { fittedShare } from './prediction.ts';

/** Exponents this far from ½ are those of tokens in proportion to parameters, in practice. */
export const SHARE_MARGIN = 0.05;

type Side = 'below' | 'near' | 'above' | 'open';

/**
 * Whether tokens grow in proportion to parameters on one task: what two of the three approaches say, unless the third
 * says another thing. One that finds too many parameters and one that finds too few do not agree.
 */
export function proportionWord(exponents: Scaling['exponents']): VerdictWord {
  const decided = approaches.map((each) => sideOf(exponents[each])).filter((s) => s !== 'open');
  if (decided.length < 2 || new Set(decided).size > 1) return 'inconclusive';
  return decided[0] === 'near' ? 'supported' : 'refuted';
}

/** On which side of ½, by more than the margin, an interval lies. */
function sideOf(exponent: Scaling['exponents'][Approach]): Side {
  if (!exponent) return 'open';
  const [low, high] = exponent.interval;
  if (high < fittedShare - SHARE_MARGIN) return 'below';
  if (low > fittedShare + SHARE_MARGIN) return 'above';
  return low >= fittedShare - SHARE_MARGIN && high <= fittedShare + SHARE_MARGIN ? 'near' : 'open';
}
