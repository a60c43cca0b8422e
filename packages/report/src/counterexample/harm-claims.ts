import { formatChange, formatInterval } from '../format/number.ts';
import { LEVEL } from '../sizes/levels.ts';
import { capital, type SizeWords, slopeUnit } from '../sizes/size-words.ts';
import type { Claim } from '../verdict.ts';
import type { HarmDecision, HarmEvidence, ReplicatedHarm } from './harm-decision.ts';

/** What harms are in. */
const HARM_UNIT = '$\\log_2$ loss, larger net over smaller';

/** The claims of a decision: finalists first, then what else the search says. */
export function claimsOf(
  { finalists, sample, curse, slope, unselected, stretched }: Omit<HarmDecision, 'claims'>,
  { ladder, stretched: duels }: HarmEvidence,
  words: SizeWords,
): readonly Claim[] {
  const more = capital(words.more);
  return [
    ...finalists.map((one) => finalistClaim(one, finalists.length, words)),
    {
      name: `${more} measures worse in most tasks drawn at random from the family`,
      task: null,
      verdict:
        sample.pValue > LEVEL
          ? 'inconclusive'
          : 2 * sample.count > sample.total
            ? 'supported'
            : 'refuted',
      effect: sample.share?.estimate ?? null,
      interval: sample.share?.interval ?? null,
      test: 'exact binomial test against 1/2, Clopper–Pearson interval',
      pValue: sample.pValue,
      unit: 'share of tasks',
      note: `${more} measures worse in ${sample.count} of ${sample.total} tasks, one draw each${sample.ties > 0 ? ` (${sample.ties} more, in which neither net learnt anything, are left out)` : ''}; measuring worse on one draw is not yet being worse, and tasks share the seeds of their initial weights.`,
    },
    ...(unselected && ladder
      ? [
          {
            name: `${more} hurts on draws that chose nothing: ${ladder.title}`,
            task: null,
            verdict:
              unselected.pValue <= LEVEL ? ('supported' as const) : ('inconclusive' as const),
            effect: unselected.estimate,
            interval: unselected.interval,
            test: `one-sided t test over ${ladder.duels.length} further draws against the margin`,
            pValue: unselected.pValue,
            unit: HARM_UNIT,
            note: `${formatChange(unselected.estimate)} of the loss. This task was the surest of ${finalists.length} finalists, which flatters its replication above; here nothing does. Does not enter the verdict.`,
          },
        ]
      : []),
    ...(slope && ladder
      ? [
          {
            name: `The loss rises with ${words.size} on the whole: ${ladder.title}`,
            task: null,
            verdict:
              slope.pValue > LEVEL
                ? ('inconclusive' as const)
                : slope.estimate > 0
                  ? ('supported' as const)
                  : ('refuted' as const),
            effect: slope.estimate,
            interval: slope.interval,
            test: `slope over ${words.size}s ${ladder.sizes.join(', ')}, t test over draws that chose nothing`,
            pValue: slope.pValue,
            unit: slopeUnit(words),
            note: 'A slope above 0 does not say that every step rises. Does not enter the verdict.',
          },
        ]
      : []),
    ...(stretched && ladder
      ? [
          {
            name: `${more} still hurts with more steps: ${ladder.title}`,
            task: null,
            verdict: stretched.pValue <= LEVEL ? ('supported' as const) : ('inconclusive' as const),
            effect: stretched.estimate,
            interval: stretched.interval,
            test: `one-sided t test over ${duels.length} further draws against the margin`,
            pValue: stretched.pValue,
            unit: HARM_UNIT,
            note: `${formatChange(stretched.estimate)} of the loss. Harm that is only slowness would go. Does not enter the verdict.`,
          },
        ]
      : []),
    ...(curse
      ? [
          {
            name: 'The search flatters what it finds (winner’s curse)',
            task: null,
            verdict:
              curse.found.interval[0] > 0
                ? ('supported' as const)
                : curse.found.interval[1] < 0
                  ? ('refuted' as const)
                  : ('inconclusive' as const),
            effect: curse.found.estimate,
            interval: curse.found.interval,
            test: 'mean over finalists of the harm that the search measured less the replicated one, t interval',
            pValue: null,
            unit: HARM_UNIT,
            note: `What the search’s model believed was off by ${formatInterval(curse.believed.estimate, curse.believed.interval)}. Neither number enters the verdict.`,
          },
        ]
      : []),
  ];
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
