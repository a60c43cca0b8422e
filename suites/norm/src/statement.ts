import { formatInterval, formatNumber } from '@hyperlaw/report';
import type { Account, Judged } from './account-rule.ts';
import { closest } from './claims.ts';
import { NEED_MARGIN } from './need-gaps.ts';
import type { NeedDecision, Replacement } from './need-rule.ts';

/** What is going on, in a sentence. */
export function accountStatement({ judged }: Account): string {
  const count = (word: Judged['verdict']) =>
    judged.filter(({ verdict }) => verdict === word).length;
  const against = judged.filter(({ verdict }) => verdict === 'refuted' || verdict === 'mixed');
  const rate = effectOf(judged, 'effective-rate');
  const [basin, usual] = [effectOf(judged, 'plane'), effectOf(judged, 'basin')];
  const numbers = [
    ...(rate ? [`the effective rate of normed weights goes as the rate to the power ${rate}`] : []),
    ...(basin
      ? [
          `the basin of rates is ${basin} doublings wider with norms than without over init scales from ¼ to 4${spanOf(judged, 'plane')}`,
        ]
      : []),
    ...(usual ? [`${usual} at the usual one${spanOf(judged, 'basin')}`] : []),
  ];
  const failed =
    against.length === 0
      ? ''
      : ` What fails or turns on the task: ${against.map(({ name }) => `“${name}”`).join('; ')}.`;
  return `Of ${judged.length} predictions after scale invariance and what norms do to signals, some of them weaker than theory’s own, ${tell(count('supported'), 'holds', 'hold')}, ${tell(count('refuted'), 'fails', 'fail')}, ${tell(count('mixed'), 'turns', 'turn')} on the task and ${tell(count('inconclusive'), 'is', 'are')} undecided, in small ReLU nets trained by SGD: ${numbers.join(', ')}.${failed}`;
}

function effectOf(judged: readonly Judged[], id: string): string | null {
  const found = judged.find((each) => each.id === id);
  if (!found || found.effect === null || found.interval === null) return null;
  return formatInterval(found.effect, found.interval);
}

/** How far the tasks of a prediction differ. */
function spanOf(judged: readonly Judged[], id: string): string {
  const { byTask = [] } = judged.find((each) => each.id === id) ?? {};
  if (byTask.length < 2) return '';
  const [least, most] = [Math.min(...byTask), Math.max(...byTask)];
  return ` (${formatNumber(least, 2)} to ${formatNumber(most, 2)} by task)`;
}

/** A number of things with the verb that agrees with it. */
const tell = (number: number, one: string, many: string) =>
  `${number} ${number === 1 ? one : many}`;

/** Whether norms are needed, in a sentence. */
export function needStatement({ verdict, results, replacements }: NeedDecision): string {
  const count = (word: (typeof results)[number]['word']) =>
    results.filter((result) => result.word === word).length;
  const able = replacements.filter(({ doesWithout }) => doesWithout);
  const best = leastWorst(replacements);
  const among = `After equal tuning of learning rate and init scale, on fresh seeds,`;
  const tally = `in ${count('needed')} of ${results.length} contests every replacement loses more than a tenth of the loss to the best normed net, in ${count('not needed')} some replacement does not, and ${tell(count('undecided'), 'is', 'are')} undecided`;
  const closestOf = best?.worst
    ? `; the best single replacement, ${best.title}, is at worst ${change(best.worst.estimate, best.worst.interval)} (${best.worstContest})`
    : '';
  if (verdict === 'refuted') {
    const names = able.map(({ title }) => title).join(' and ');
    return `${among} ${names} ${able.length === 1 ? 'comes' : 'come'} within a tenth of the loss of the best normed net in all ${results.length} contests${closestOf}.`;
  }
  const gaps = results.flatMap((result) => closest(result)?.estimate ?? []);
  const range =
    gaps.length === 0
      ? ''
      : `; the closest replacement of each contest is between ${signed(Math.min(...gaps))} and ${signed(Math.max(...gaps))}`;
  return `${among} ${tally}${range}${closestOf}.`;
}

/** The replacement with the least of largest gaps, among those tried everywhere. */
function leastWorst(replacements: readonly Replacement[]): Replacement | null {
  return replacements
    .filter(({ everywhere, worst }) => everywhere && worst !== null)
    .reduce<Replacement | null>(
      (least, one) =>
        least === null || (one.worst?.estimate ?? 0) < (least.worst?.estimate ?? 0) ? one : least,
      null,
    );
}

const percent = (log2: number) => 100 * (2 ** log2 - 1);

function signed(log2: number): string {
  const value = percent(log2);
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value), 2)} %`;
}

/** A gap in percent of the loss. */
function change(estimate: number, [low, high]: readonly [number, number]): string {
  return `${signed(estimate)} [${signed(low)}, ${signed(high)}]`;
}

/** The margin in words. */
export const marginWords = `a tenth of the loss (${formatNumber(NEED_MARGIN, 2)} in $\\log_2$)`;
