import {
  type Estimate,
  formatChange,
  HARM_MARGIN,
  type HarmDecision,
  LEVEL,
  type ReplicatedHarm,
} from '@hyperlaw/report';
import { countOf, type HarmFindings } from '@hyperlaw/sweep';
import type { CounterexampleDeclaration, HarmScale } from './declaration.ts';

/** What words and figures are made from. */
export interface Told {
  readonly scale: HarmScale;
  readonly findings: HarmFindings;
  readonly decision: HarmDecision;
}

/** The verdict in one sentence, with the effect and its interval. */
export function statementOf(
  declaration: CounterexampleDeclaration,
  { scale, findings, decision }: Told,
): string {
  const { words, family } = declaration;
  const { sizes, plan, steps } = scale;
  const members = countOf(family.axes).toLocaleString('en-US');
  const searched = `${findings.searched.length} of the ${members} tasks of a family searched for the largest harm of a ${words.more} net`;
  const { found, finalists, sample, unselected, stretched } = decision;
  const random = `in ${sample.count} of ${sample.total} tasks drawn at random from the family the larger net measured worse`;
  if (found === null) return `With ${searched}, nothing was put forward; ${random}.`;
  const compared = `${words.size} ${sizes.large} against ${sizes.small}, at most ${steps} steps, ${plan.draws} fresh draws`;
  if (decision.verdict === 'supported') {
    // Further draws and more steps are tried of the surest finalist, which need not be the one that is named here.
    const { point } = findings.finalists[finalists.indexOf(found)] ?? {};
    const same = point?.join() === findings.ladder?.point.join();
    const further = [
      ...(unselected
        ? [
            `on ${plan.ladderDraws} draws that chose nothing it is ${span(unselected)} (${aboveMargin(unselected)})`,
          ]
        : []),
      ...(stretched
        ? [
            `with ${plan.stretch.factor} times as many steps ${span(stretched)} (${aboveMargin(stretched)})`,
          ]
        : []),
    ];
    const beyond = same && further.length > 0 ? `; ${further.join(', ')}` : '';
    const known = finalists.filter(({ verdict }) => verdict === 'supported').length;
    return `A counterexample: in the task ${found.title} the tuned ${words.more} net exceeds the loss of the smaller one by ${range(found)} (${compared}; ${aboveMargin({ pValue: found.pValues.harm })} after correction for ${finalists.length} finalists, ${known} of which replicate)${beyond}; found with ${searched}; ${random}.`;
  }
  const bound = Math.max(...finalists.map((one) => one.bound));
  return `No counterexample was found with ${searched}: of ${finalists.length} finalists the worst, ${found.title}, changes the loss of the ${words.more} net by ${range(found)} (${compared}), and none by more than ${formatChange(bound)} with ${100 * (1 - LEVEL)} % confidence (harm counts from ${formatChange(HARM_MARGIN)}); ${random}.`;
}

/** The p value of what harm means: more than the margin. */
const aboveMargin = ({ pValue }: { readonly pValue: number }): string =>
  `above ${formatChange(HARM_MARGIN)}: p = ${pValue.toPrecision(2)}`;

const range = ({ replicated }: ReplicatedHarm): string => span(replicated);

function span({ estimate, interval }: Pick<Estimate, 'estimate' | 'interval'>): string {
  return `${formatChange(estimate)} [${formatChange(interval[0])}, ${formatChange(interval[1])}]`;
}
