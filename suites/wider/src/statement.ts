import { formatInterval, type SizeSample, type VerdictWord } from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';
import { DEPTH } from './plan.ts';

const percent = (share: number) => String(Math.round(100 * share));

/** The verdict in one sentence, with the effect and its interval. */
export function statementOf({ claims, effects, sample }: Decision): string {
  const count = (word: VerdictWord) =>
    claims.filter(({ task, verdict }) => task !== null && verdict === word).length;
  const widths = effects.flatMap(({ slope }) => [slope.from, slope.to]);
  const named = `of ${effects.length} named tasks (widths ${Math.min(...widths)} to ${Math.max(...widths)}) ${count('supported')} support that wider is better, ${count('refuted')} refute it, ${count('mixed')} are mixed and ${count('inconclusive')} undecided`;
  const subject = `a ReLU MLP with ${DEPTH} hidden layers, trained by SGD in μP with learning rate and init scale tuned at every width`;
  if (sample === null) return `For ${subject}: ${named}.`;
  return `Among ${sample.effects.length} tasks drawn at random, ${winsOf(sample)} for ${subject}, ${medianOf(sample)}; ${named}.`;
}

function medianOf({ medianSlope }: SizeSample): string {
  if (medianSlope === null) return 'and none is left for a median';
  const [low, high] = medianSlope.interval;
  const factor = formatInterval(2 ** medianSlope.estimate, [2 ** low, 2 ** high]);
  return `and in the median task a doubling of width multiplies the held-out loss by ${factor}`;
}

function winsOf({ overall: { count, total, share }, effects }: SizeSample): string {
  const { from, to } = effects[0]?.slope ?? { from: 0, to: 0 };
  if (share === null) return 'none has a winner';
  const [low, high] = share.interval;
  return `width ${to} beats width ${from} in ${count} of the ${total} in which anything is learnt (${percent(share.estimate)} % [${percent(low)}, ${percent(high)}])`;
}
