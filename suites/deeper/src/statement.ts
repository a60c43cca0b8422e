import { formatInterval, type SizeDecision, type VerdictWord } from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';
import { whereTitles } from './decision-rule.ts';
import { comparisons } from './equal-budgets.ts';

/** The verdict in one sentence: an answer a comparison, with the effect and its interval. */
export function statementOf({ parts }: Decision): string {
  const answers = comparisons.map(
    (comparison) =>
      `${whereTitles[comparison]}, deeper is better is ${parts[comparison].verdict}: ${answerOf(parts[comparison])}`,
  );
  return `For residual ReLU MLPs under SGD (and one transformer under Adam) with learning rate, init scale and branch multiplier tuned at every depth: ${answers.join('; ')}.`;
}

function answerOf({ claims, effects, sample }: SizeDecision): string {
  const count = (word: VerdictWord) =>
    claims.filter(({ task, verdict }) => task !== null && verdict === word).length;
  const named = `of ${effects.length} named tasks ${count('supported')} for, ${count('refuted')} against, ${count('mixed')} mixed`;
  if (sample === null) return named;
  const { overall, medianSlope } = sample;
  const [low, high] = medianSlope.interval;
  const factor = formatInterval(2 ** medianSlope.estimate, [2 ** low, 2 ** high]);
  return `${overall.label} wins in ${overall.count} of ${overall.total} random tasks, a doubling of depth multiplies the loss of the median one by ${factor}, and ${named}`;
}
