import { holm, LEVEL, type VerdictWord } from '@hyperlaw/report';
import { type Contest, type Gap, gapsOf, type Measured, measure, scatterOf } from './need-gaps.ts';

/** One contest with its gaps. */
export interface Result {
  readonly contest: string;
  readonly title: string;
  /** The normed nets of least tuning loss, by instance. */
  readonly champions: readonly string[];
  readonly gaps: readonly Gap[];
  /** Whether it is known that every replacement falls behind by more than the margin, or that some does not. */
  readonly word: 'needed' | 'not needed' | 'undecided';
  readonly pNeeded: number;
}

/** A replacement over all contests. */
export interface Replacement {
  readonly id: string;
  readonly title: string;
  /** Whether it was tried in every contest. */
  readonly everywhere: boolean;
  /** The largest gap. */
  readonly worst: Gap | null;
  readonly worstContest: string | null;
  /** p of the hypothesis that somewhere it falls behind by more than the margin, Holm over replacements. */
  readonly pDoesWithout: number;
  readonly doesWithout: boolean;
}

/** Whether norm layers are needed, by contest and by what might replace them. */
export interface NeedDecision {
  readonly verdict: VerdictWord;
  readonly results: readonly Result[];
  readonly replacements: readonly Replacement[];
}

/**
 * The decision rule, written down before the data. The claim is "norm layers are needed".
 *
 * In each task the champion is the normed net of least loss *on tuning seeds*; what is judged are fresh seeds. A gap is
 * the mean of log2 (loss of a replacement / loss of the champion), paired by seed, over the tasks of a contest. Its
 * standard error is the larger of two, over seeds and from the scatter of tasks about the mean of their family (pooled
 * over families, for each replacement alone), which holds the noise of tuning. A run that diverged counts as a constant
 * prediction. Every p below is doubled, since a gap may be found on either side of the margin.
 *
 * - A replacement *does without norms* where its gap is below the margin in every contest: the largest p over contests,
 *   Holm over replacements. One that was not tried in some contest cannot.
 * - A contest *needs norms* where every replacement's gap is above the margin: the largest p over replacements, Holm over
 *   contests. It *does not* where some replacement's is below (Holm over all pairs of contest and replacement).
 *
 * An arm on the edge of its range has a loss that better tuning lowers: a champion on an edge lets no gap be below the
 * margin, a replacement on an edge lets none be above.
 *
 * The verdict is
 * - `refuted` where some one replacement does without norms everywhere;
 * - `supported` where more than half of the contests need norms and none does not;
 * - `mixed` where some contest needs norms and another does not;
 * - `inconclusive` otherwise.
 */
export function decideNeed(contests: readonly Contest[]): NeedDecision {
  const measured = contests.map(measure);
  const scatter = scatterOf(measured);
  const gaps = measured.map(({ contest }, k) =>
    contest.instances.length === 0 ? [] : gapsOf(measured[k] as Measured, scatter),
  );
  const needs = holm(
    gaps.map((own) => Math.max(...own.map(({ beyond }) => beyond), own.length === 0 ? 1 : 0)),
  );
  const withinAll = holm(gaps.flatMap((own) => own.map(({ within }) => within)));
  let at = 0;
  const results = measured.map(({ contest, champions }, k): Result => {
    const own = gaps[k] as readonly Gap[];
    const withins = withinAll.slice(at, at + own.length);
    at += own.length;
    const pNeeded = needs[k] as number;
    const word =
      pNeeded <= LEVEL ? 'needed' : withins.some((p) => p <= LEVEL) ? 'not needed' : 'undecided';
    return {
      ...{ contest: contest.contest, title: contest.title },
      champions: champions.map(({ title }) => title),
      ...{ gaps: own, word, pNeeded },
    };
  });
  const replacements = replacementsOf(results);
  return { verdict: wordOf(results, replacements), results, replacements };
}

function wordOf(results: readonly Result[], replacements: readonly Replacement[]): VerdictWord {
  const count = (word: Result['word']) => results.filter((result) => result.word === word).length;
  if (replacements.some(({ doesWithout }) => doesWithout)) return 'refuted';
  if (count('needed') > results.length / 2 && count('not needed') === 0) return 'supported';
  return count('needed') > 0 && count('not needed') > 0 ? 'mixed' : 'inconclusive';
}

function replacementsOf(results: readonly Result[]): readonly Replacement[] {
  const all = new Map(
    results.flatMap(({ gaps }) => gaps.map(({ id, title }) => [id, title] as const)),
  );
  const found = [...all].map(([id, title]) => {
    const own = results.map(({ gaps }) => gaps.find((gap) => gap.id === id));
    const everywhere = own.every((gap) => gap !== undefined);
    const p = everywhere ? Math.max(...own.map((gap) => gap?.within ?? 1)) : 1;
    const present = own.filter((gap) => gap !== undefined);
    const worst = present.reduce<Gap | null>(
      (most, gap) => (most === null || gap.estimate > most.estimate ? gap : most),
      null,
    );
    const where = own.findIndex((gap) => gap !== undefined && gap === worst);
    return { id, title, everywhere, worst, worstContest: results[where]?.title ?? null, p };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map(({ p: _, ...rest }, i) => ({
    ...rest,
    pDoesWithout: adjusted[i] as number,
    doesWithout: (adjusted[i] as number) <= LEVEL,
  }));
}
