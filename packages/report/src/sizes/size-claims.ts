import { formatChange } from '../format/number.ts';
import { holm } from '../statistics/holm.ts';
import type { Claim, VerdictWord } from '../verdict.ts';
import { LEVEL } from './levels.ts';
import type { SizeEffect } from './size-effect.ts';
import { againstTrend, isNegligible, significantSteps } from './size-effect.ts';
import type { SizeWords } from './size-words.ts';
import { capital, slopeUnit } from './size-words.ts';

/**
 * "Larger is better", task by task. Of a task the claim is
 * - `mixed` where the smaller and the larger half of the sizes have opposite significant slopes (the larger of their
 *   two p values, Holm over tasks), or the slope over all sizes is significant and some step significantly goes
 *   against it by more than the margin (Holm over the task's steps);
 * - `supported` where the slope over all sizes is negative (Holm over tasks) and its interval reaches beyond the
 *   margin; `refuted` where it is positive likewise;
 * - `inconclusive` otherwise.
 */
export function sizeClaims(effects: readonly SizeEffect[], words: SizeWords): readonly Claim[] {
  const slopes = holm(effects.map(({ slope }) => slope.guarded));
  const turns = holm(effects.map(turnPValue));
  return effects.map((effect, i) => {
    const { task, title, slope } = effect;
    const pValue = slopes[i] as number;
    return {
      name: `${capital(words.more)} is better${words.where ?? ''}: ${title}`,
      task,
      verdict: verdictOf(effect, { pValue, turn: turns[i] as number }),
      effect: slope.estimate,
      interval: slope.interval,
      test: `slope over tuned ${words.size}s, t test, Holm over ${effects.length} tasks`,
      pValue,
      rawPValue: slope.guarded,
      unit: slopeUnit(words),
      note: noteOn(effect, { turn: turns[i] as number, words }),
    };
  });
}

function verdictOf(
  effect: SizeEffect,
  { pValue, turn }: { readonly pValue: number; readonly turn: number },
): VerdictWord {
  const { slope } = effect;
  if (turn <= LEVEL) return 'mixed';
  if (pValue > LEVEL || isNegligible(slope)) return 'inconclusive';
  if (againstTrend(effect).length > 0) return 'mixed';
  return slope.estimate < 0 ? 'supported' : 'refuted';
}

/** The p value of a turn: of both halves having a slope, where the slopes are opposite. */
function turnPValue({ halves }: SizeEffect): number {
  if (halves === null) return 1;
  const [small, large] = halves;
  return small.estimate * large.estimate < 0 ? Math.max(small.guarded, large.guarded) : 1;
}

function noteOn(
  effect: SizeEffect,
  { turn, words }: { readonly turn: number; readonly words: SizeWords },
): string {
  const { slope, edges, beaten, diverged, halves, steps } = effect;
  const helpful = significantSteps(effect).filter(({ estimate }) => estimate < 0);
  const last = helpful[helpful.length - 1];
  const against = againstTrend(effect);
  const step = steps.every(({ from, to }) => to === 2 * from) ? 'doubling' : 'step';
  const notes = [
    `Each doubling changes the loss by ${formatChange(slope.estimate)}.`,
    last
      ? `The ${most(words)} single ${step} known to help is ${last.from} to ${last.to}.`
      : `No single ${step} is known to help.`,
    ...(halves && turn <= LEVEL
      ? [`The trend turns between ${halves[0].to} and ${halves[1].from}.`]
      : []),
    ...against.map(({ from, to }) => `Against the trend: ${from} to ${to}.`),
    ...(isNegligible(slope) ? ['No difference of practical size.'] : []),
    ...(edges.length > 0
      ? [`${capital(words.size)} ${edges.join(', ')} on the edge of its range.`]
      : []),
    ...(beaten.length > 0
      ? [`${capital(words.size)} ${beaten.join(', ')} beaten by another parameterization.`]
      : []),
    ...(slope.favoured
      ? ['Where that favours the effect, $p$ is the larger of those with and without.']
      : []),
    ...(diverged > 0
      ? [`Judging runs that diverged count as having learnt nothing: ${diverged}.`]
      : []),
  ];
  return notes.join(' ');
}

const most = ({ more }: SizeWords): string => more.replace(/r$/, 'st');
