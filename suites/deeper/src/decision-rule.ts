import {
  decideSize,
  type SizeDecision,
  type SizedLosses,
  type SizeWords,
  type VerdictWord,
} from '@hyperlaw/report';
import { type Comparison, comparisons } from './equal-budgets.ts';

/** The tasks of one comparison. */
export interface Compared {
  readonly named: readonly SizedLosses[];
  readonly random: readonly SizedLosses[];
}

/** What the rule comes to. */
export interface Decision {
  readonly verdict: VerdictWord;
  readonly parts: Readonly<Record<Comparison, SizeDecision>>;
}

/** What is held equal, in words after "is better". */
export const whereTitles: Readonly<Record<Comparison, string>> = {
  width: 'at equal width',
  parameters: 'at equal parameters',
  compute: 'at equal compute',
};

/** How claims of a comparison speak of depth. */
export const depthWords = (comparison: Comparison): SizeWords => ({
  size: 'depth',
  more: 'deeper',
  where: ` ${whereTitles[comparison]}`,
});

/**
 * The decision rule, written down before the data. It sees losses by depth and seed, nothing else.
 *
 * Each comparison (equal width, equal parameters, equal compute) is decided on its own, from the residual nets and
 * the transformer, as `decideSize` of the report package decides about width:
 *
 * Of a named task the claim "deeper is better" is
 * - `mixed` where the shallower and the deeper half of the depths have opposite significant slopes (the larger of
 *   their two p values, Holm over tasks), or the slope over all depths is significant and some step of depth
 *   significantly goes against it by more than the margin (Holm over the task's steps);
 * - `supported` where the slope over all depths is negative (Holm over tasks) and its interval reaches beyond the
 *   margin; `refuted` where it is positive likewise;
 * - `inconclusive` otherwise.
 *
 * A comparison is
 * - `supported` where the random sample's claim is, at least half of the named tasks' are, and no task's is refuted
 *   or mixed;
 * - `refuted` where the sample's claim is and no named task's is supported, or where no claim is supported and more
 *   than half of the named tasks' are refuted;
 * - `mixed` where a claim is mixed, or some are supported and others refuted;
 * - `inconclusive` otherwise.
 *
 * The verdict is
 * - `supported` where all three comparisons are, `refuted` where all three are;
 * - `mixed` where one is mixed, or one is supported and another refuted;
 * - `inconclusive` otherwise: the question does not say what is to be held equal.
 *
 * Plain nets decide nothing: that they fail at great depth is known (1611.01232). They have claims of their own.
 */
export function decide(measured: Readonly<Record<Comparison, Compared>>): Decision {
  const part = (comparison: Comparison) => {
    const { named, random } = measured[comparison];
    return decideSize(named, random, depthWords(comparison));
  };
  const parts = {
    width: part('width'),
    parameters: part('parameters'),
    compute: part('compute'),
  };
  return { verdict: overall(comparisons.map((each) => parts[each].verdict)), parts };
}

/** The verdict from those of the comparisons. */
export function overall(words: readonly VerdictWord[]): VerdictWord {
  const all = (word: VerdictWord) => words.every((each) => each === word);
  const some = (word: VerdictWord) => words.includes(word);
  if (all('supported')) return 'supported';
  if (all('refuted')) return 'refuted';
  return some('mixed') || (some('supported') && some('refuted')) ? 'mixed' : 'inconclusive';
}
