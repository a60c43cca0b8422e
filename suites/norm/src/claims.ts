import { type Claim, formatNumber, holm, LEVEL } from '@hyperlaw/report';
import type { Account, Judged } from './account-rule.ts';
import type { Gap, NeedDecision, Replacement, Result } from './need-rule.ts';
import { ACCOUNT, NEED } from './questions.ts';

/** A claim for every prediction of theory. */
export function accountClaims({ judged }: Account): readonly Claim[] {
  return judged.map((each): Claim => {
    const { name, verdict, effect, interval, pValue, rawPValue, unit } = each;
    return {
      ...{ name, task: null, verdict, effect, interval, pValue, unit, question: ACCOUNT.id },
      ...(rawPValue !== null && { rawPValue }),
      test:
        effect === null
          ? 'not measured'
          : `t test of ${allowed(each)}, Holm over ${judged.length} predictions`,
      note: `${each.note}${byTask(each)}`,
    };
  });
}

function allowed({ region: { low, high } }: Judged): string {
  if (low === -Infinity) return `at most ${formatNumber(high)}`;
  if (high === Infinity) return `at least ${formatNumber(low)}`;
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}

function byTask({ tasks, byTask: means }: Judged): string {
  if (means.length < 2 || means.length > 4) return '';
  const each = tasks.map(({ title }, i) => `${title} ${formatNumber(means[i] as number, 2)}`);
  return ` By task: ${each.join(', ')}.`;
}

const unit = '$\\log_2$ loss over the best normed net';

/** A claim for every contest, and one for every replacement. */
export function needClaims({ results, replacements }: NeedDecision): readonly Claim[] {
  const beyond = holm(results.flatMap(({ gaps }) => gaps.map((gap) => gap.beyond)));
  const pairs = results.flatMap(({ gaps }) => gaps);
  const behind = new Set(
    pairs.filter((_, i) => (beyond[i] as number) <= LEVEL).map(({ id }) => id),
  );
  return [
    ...results.map((result) => contestClaim(result, results.length)),
    ...replacements.map((each) => replacementClaim(each, behind.has(each.id), replacements.length)),
  ];
}

/** The replacement that comes closest. */
export function closest({ gaps }: Result): Gap | null {
  return gaps.reduce<Gap | null>(
    (best, gap) => (best === null || gap.estimate < best.estimate ? gap : best),
    null,
  );
}

function contestClaim(result: Result, count: number): Claim {
  const best = closest(result);
  const words = {
    needed: 'supported',
    'not needed': 'refuted',
    undecided: 'inconclusive',
  } as const;
  return {
    name: `Norm layers are needed: ${result.title}`,
    task: null,
    verdict: words[result.word],
    effect: best?.estimate ?? null,
    interval: best?.interval ?? null,
    test: `every replacement beyond the margin, t tests, Holm over ${count} contests`,
    pValue: result.pNeeded,
    unit,
    note: `The gap is that of the closest replacement, ${best?.title ?? 'none'}. Best normed net by instance: ${result.champions.join('; ')}.`,
    question: NEED.id,
  };
}

function replacementClaim(each: Replacement, behind: boolean, count: number): Claim {
  const { title, worst, worstContest, pDoesWithout, doesWithout } = each;
  return {
    name: `Does without norms everywhere: ${title}`,
    task: null,
    verdict: doesWithout ? 'supported' : behind ? 'refuted' : 'inconclusive',
    effect: worst?.estimate ?? null,
    interval: worst?.interval ?? null,
    test: `within the margin in every contest, t tests, Holm over ${count} replacements`,
    pValue: pDoesWithout,
    unit,
    note: `The gap is the largest, ${worstContest === null ? 'of none' : `that of ${worstContest}`}.`,
    question: NEED.id,
  };
}
