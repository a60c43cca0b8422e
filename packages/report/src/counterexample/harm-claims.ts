import { formatChange, formatInterval } from '../format/number.ts';
import { LEVEL } from '../sizes/levels.ts';
import { capital, type SizeWords, slopeUnit } from '../sizes/size-words.ts';
import type { Claim, VerdictWord } from '../verdict.ts';
import type { HarmDecision, HarmEvidence, ReplicatedHarm } from './harm-decision.ts';

/** What harms are in. */
const HARM_UNIT = '$\\log_2$ loss, larger net over smaller';

/** The claims of a decision: finalists first, then what else the search says. */
export function claimsOf(
  { finalists, sample, curse, slope, unselected, stretched }: Omit<HarmDecision, 'claims'>,
  { ladder, stretched: duels }: HarmEvidence,
  words: SizeWords,
): readonly Claim[] {
  return [
    ...finalists.map((one) => finalistClaim(one, finalists.length, words)),
    sampleClaim(sample, words),
    ...(unselected && ladder
      ? [unselectedClaim(unselected, { ladder, finalists: finalists.length }, words)]
      : []),
    ...(slope && ladder ? [slopeClaim(slope, ladder, words)] : []),
    ...(stretched && ladder
      ? [stretchedClaim(stretched, { ladder, draws: duels.length }, words)]
      : []),
    ...(curse ? [curseClaim(curse)] : []),
  ];
}

type Ladder = NonNullable<HarmEvidence['ladder']>;
type Found<Key extends keyof HarmDecision> = NonNullable<HarmDecision[Key]>;

/** The word of a claim that a difference is positive, from its sign where that is known. */
const signWord = (known: boolean, positive: boolean): VerdictWord =>
  known ? (positive ? 'supported' : 'refuted') : 'inconclusive';

function sampleClaim(
  { count, total, ties, share, pValue }: HarmDecision['sample'],
  words: SizeWords,
): Claim {
  const more = capital(words.more);
  return {
    name: `${more} measures worse in most tasks drawn at random from the family`,
    task: null,
    verdict: signWord(pValue <= LEVEL, 2 * count > total),
    effect: share?.estimate ?? null,
    interval: share?.interval ?? null,
    test: 'exact binomial test against 1/2, Clopper–Pearson interval',
    pValue,
    unit: 'share of tasks',
    note: `${more} measures worse in ${count} of ${total} tasks, one draw each${ties > 0 ? ` (${ties} more, in which neither net learnt anything, are left out)` : ''}; measuring worse on one draw is not yet being worse, and tasks share the seeds of their initial weights.`,
  };
}

function unselectedClaim(
  { estimate, interval, pValue }: Found<'unselected'>,
  { ladder, finalists }: { readonly ladder: Ladder; readonly finalists: number },
  words: SizeWords,
): Claim {
  return {
    name: `${capital(words.more)} hurts on draws that chose nothing: ${ladder.title}`,
    task: null,
    verdict: pValue <= LEVEL ? 'supported' : 'inconclusive',
    effect: estimate,
    interval,
    test: `one-sided t test over ${ladder.duels.length} further draws against the margin`,
    pValue,
    unit: HARM_UNIT,
    note: `${formatChange(estimate)} of the loss. This task was the surest of ${finalists} finalists, which flatters its replication above; here nothing does. Does not enter the verdict.`,
  };
}

function slopeClaim(
  { estimate, interval, pValue }: Found<'slope'>,
  { title, sizes }: Ladder,
  words: SizeWords,
): Claim {
  return {
    name: `The loss rises with ${words.size} on the whole: ${title}`,
    task: null,
    verdict: signWord(pValue <= LEVEL, estimate > 0),
    effect: estimate,
    interval,
    test: `slope over ${words.size}s ${sizes.join(', ')}, t test over draws that chose nothing`,
    pValue,
    unit: slopeUnit(words),
    note: 'A slope above 0 does not say that every step rises. Does not enter the verdict.',
  };
}

function stretchedClaim(
  { estimate, interval, pValue }: Found<'stretched'>,
  { ladder, draws }: { readonly ladder: Ladder; readonly draws: number },
  words: SizeWords,
): Claim {
  return {
    name: `${capital(words.more)} still hurts with more steps: ${ladder.title}`,
    task: null,
    verdict: pValue <= LEVEL ? 'supported' : 'inconclusive',
    effect: estimate,
    interval,
    test: `one-sided t test over ${draws} further draws against the margin`,
    pValue,
    unit: HARM_UNIT,
    note: `${formatChange(estimate)} of the loss. Harm that is only slowness would go. Does not enter the verdict.`,
  };
}

function curseClaim({ found, believed }: Found<'curse'>): Claim {
  const [low, high] = found.interval;
  return {
    name: 'The search flatters what it finds (winner’s curse)',
    task: null,
    verdict: signWord(low > 0 || high < 0, low > 0),
    effect: found.estimate,
    interval: found.interval,
    test: 'mean over finalists of the harm that the search measured less the replicated one, t interval',
    pValue: null,
    unit: HARM_UNIT,
    note: `What the search’s model believed was off by ${formatInterval(believed.estimate, believed.interval)}. Neither number enters the verdict.`,
  };
}

function finalistClaim(one: ReplicatedHarm, finalists: number, words: SizeWords): Claim {
  const { task, title, verdict, replicated, harms, pValues, rawPValues, bound } = one;
  const count = (of: (typeof harms)[number][keyof (typeof harms)[number]][]) =>
    of.filter(Boolean).length;
  const flattered = count(harms.map((harm) => harm.flattered));
  const hidden = count(harms.map((harm) => harm.hidden));
  const side = verdict === 'refuted' ? 'noHarm' : 'harm';
  return {
    name: `${capital(words.more)} hurts${words.where ?? ''}: ${title}`,
    task,
    verdict,
    effect: replicated.estimate,
    interval: replicated.interval,
    test: `one-sided t test over ${harms.length} fresh draws against the margin, Holm over ${finalists} finalists`,
    pValue: pValues[side],
    rawPValue: rawPValues[side],
    unit: HARM_UNIT,
    note: [
      `${formatChange(replicated.estimate)} of the loss, the interval for all finalists at once; the search had measured ${formatChange(one.found)} on its own draw.`,
      `Below ${formatChange(bound)} with 95 % confidence for all finalists at once.`,
      ...(flattered > 0
        ? [`The larger net stands on an edge in ${flattered} of ${harms.length} draws.`]
        : []),
      ...(hidden > 0 ? [`The smaller net stands on an edge in ${hidden}.`] : []),
    ].join(' '),
  };
}
