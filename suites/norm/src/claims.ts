import { type Claim, formatNumber, holm, LEVEL } from '@hyperlaw/report';
import type { Account, Judged } from './account-rule.ts';
import type { Gap } from './need-gaps.ts';
import type { NeedDecision, Replacement, Result } from './need-rule.ts';
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

/** A claim for every contest, and one for every replacement; the p of each is that of the test that made its verdict. */
export function needClaims({ results, replacements }: NeedDecision): readonly Claim[] {
  const pairs = results.flatMap(({ gaps }, contest) => gaps.map((gap) => ({ contest, gap })));
  const within = holm(pairs.map(({ gap }) => gap.within));
  const beyond = holm(pairs.map(({ gap }) => gap.beyond));
  const least = (values: readonly number[], of: (pair: (typeof pairs)[number]) => boolean) =>
    Math.min(1, ...values.filter((_, i) => of(pairs[i] as (typeof pairs)[number])));
  const counts = { contests: results.length, arms: replacements.length, pairs: pairs.length };
  return [
    ...results.map((result, k) =>
      contestClaim(
        result,
        least(within, ({ contest }) => contest === k),
        counts,
      ),
    ),
    ...replacements.map((each) =>
      replacementClaim(
        each,
        least(beyond, ({ gap }) => gap.id === each.id),
        counts,
      ),
    ),
  ];
}

interface Counts {
  readonly contests: number;
  readonly arms: number;
  readonly pairs: number;
}

/** The replacement that comes closest. */
export function closest({ gaps }: Result): Gap | null {
  return gaps.reduce<Gap | null>(
    (best, gap) => (best === null || gap.estimate < best.estimate ? gap : best),
    null,
  );
}

/** The replacement that is surest to stay within the margin. */
function surest({ gaps }: Result): Gap | null {
  return gaps.reduce<Gap | null>(
    (best, gap) => (best === null || gap.within < best.within ? gap : best),
    null,
  );
}

function contestClaim(result: Result, pNot: number, { contests, pairs }: Counts): Claim {
  // What decides that norms are not needed is the surest replacement, which need not be the closest.
  const decides = result.word === 'not needed';
  const told = decides ? surest(result) : closest(result);
  const words = {
    needed: 'supported',
    'not needed': 'refuted',
    undecided: 'inconclusive',
  } as const;
  return {
    name: `Norm layers are needed: ${result.title}`,
    task: null,
    verdict: words[result.word],
    effect: told?.estimate ?? null,
    interval: told?.interval ?? null,
    ...(decides
      ? {
          test: `some replacement within the margin, t tests, Holm over ${pairs} pairs of contest and replacement`,
          pValue: pNot,
        }
      : {
          test: `every replacement beyond the margin, t tests, Holm over ${contests} contests`,
          pValue: result.pNeeded,
        }),
    unit,
    note: `The gap is that of the ${decides ? 'surest' : 'closest'} replacement, ${told?.title ?? 'none'}, which it was chosen by: it flatters. Best normed net by instance: ${result.champions.join('; ')}.`,
    question: NEED.id,
  };
}

function replacementClaim(each: Replacement, pBehind: number, { arms, pairs }: Counts): Claim {
  const { title, worst, worstContest, pDoesWithout, doesWithout } = each;
  const behind = !doesWithout && pBehind <= LEVEL;
  return {
    name: `Does without norms everywhere: ${title}`,
    task: null,
    verdict: doesWithout ? 'supported' : behind ? 'refuted' : 'inconclusive',
    effect: worst?.estimate ?? null,
    interval: worst?.interval ?? null,
    ...(behind
      ? {
          test: `beyond the margin in some contest, t tests, Holm over ${pairs} pairs of contest and replacement`,
          pValue: pBehind,
        }
      : {
          test: `within the margin in every contest, t tests, Holm over ${arms} replacements`,
          pValue: pDoesWithout,
        }),
    unit,
    note: `The gap is the largest, ${worstContest === null ? 'of none' : `that of ${worstContest}`}, and chosen for that.`,
    question: NEED.id,
  };
}
