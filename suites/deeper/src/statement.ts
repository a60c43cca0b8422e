import { formatInterval, type SizeDecision, type VerdictWord } from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';
import { whereTitles } from './decision-rule.ts';
import { comparisons } from './equal-budgets.ts';

/** The verdict in one sentence: an answer a comparison, with the effect and its interval. */
export function statementOf({ parts }: Decision): string {
  const answers = comparisons.map(
    (comparison) =>
      `${whereTitles[comparison]} ${parts[comparison].verdict} (${answerOf(parts[comparison])})`,
  );
  return `That deeper is better is, for residual ReLU MLPs and one transformer with learning rate, init scale and branch multiplier tuned at every depth, ${answers.join('; ')}.`;
}

function answerOf({ claims, effects, sample }: SizeDecision): string {
  // The claims of named tasks come first, in their order.
  const count = (word: VerdictWord) => {
    const titles = effects.filter((_, i) => claims[i]?.verdict === word).map(({ title }) => title);
    return titles.length === 1 ? `1 (${titles[0]})` : `${titles.length}`;
  };
  const named = `for it ${count('supported')}, against ${count('refuted')} and mixed ${count('mixed')} of ${effects.length} named tasks`;
  if (sample === null) return named;
  const { overall, medianSlope } = sample;
  const { from, to } = sample.effects[0]?.slope ?? { from: 0, to: 0 };
  const wins = `depth ${to} beats ${from} in ${overall.count} of ${overall.total} random tasks`;
  if (medianSlope === null) return `${wins}, and none is left for a median; ${named}`;
  const [low, high] = medianSlope.interval;
  const factor = formatInterval(2 ** medianSlope.estimate, [2 ** low, 2 ** high]);
  return `${wins}, in the median task a doubling of depth multiplies the loss by ${factor}; ${named}`;
}
