import {
  holm,
  LEVEL,
  log2Losses,
  regionTest,
  type SizedArm,
  type StandardError,
  type VerdictWord,
} from '@hyperlaw/report';

/** What the rule sees of a tuned arm. */
export interface Entrant {
  readonly id: string;
  readonly title: string;
  /** Held-out losses by judging seed; null where that seed diverged. */
  readonly losses: readonly (number | null)[];
  readonly status: SizedArm['status'];
  /** Loss of the tuned setting on tuning seeds and validation examples; null where none trained. Chooses, never judges. */
  readonly tuningLoss: number | null;
}

/** All that was tuned on one task: as many arms with norms as without. */
export interface Instance {
  /** Loss of a prediction that ignores the input: no run counts as worse than that. */
  readonly ceiling: number;
  readonly normed: readonly Entrant[];
  readonly free: readonly Entrant[];
}

/** The tasks of one family at one depth. */
export interface Contest {
  readonly contest: string;
  readonly title: string;
  /** Judging seeds, the same in all instances. */
  readonly seeds: number;
  readonly instances: readonly Instance[];
}

/** How far one replacement falls behind the best normed net of a contest. */
export interface Gap {
  readonly id: string;
  readonly title: string;
  /** Mean over instances and seeds of log2 (loss / loss of the champion). */
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
  /** p, times two for the two things that may be found: that the gap is below the margin; that it is above. */
  readonly within: number;
  readonly beyond: number;
  /** Of the arms behind it that matter, on the edge of a range. */
  readonly edges: number;
  readonly diverged: number;
  /** By instance. */
  readonly parts: readonly number[];
}

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

export interface NeedDecision {
  readonly verdict: VerdictWord;
  readonly results: readonly Result[];
  readonly replacements: readonly Replacement[];
}

/**
 * Non-inferiority margin, in log2 loss: a tenth of the loss. What lies below it is no reason to have a layer: in the suite
 * on width, three doublings of the width bring more in the median random task. It is also as little as single tasks can
 * resolve: a tuned arm comes out a few percent differently when it is tuned again.
 */
export const NEED_MARGIN = Math.log2(1.1);

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
  const measured = contests.map(rowsOf);
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

interface Measured {
  readonly contest: Contest;
  readonly champions: readonly Entrant[];
  /** By replacement, `[instance][seed]`. */
  readonly rows: ReadonlyMap<string, readonly (readonly number[])[]>;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function rowsOf(contest: Contest): Measured {
  const { instances, seeds } = contest;
  const champions = instances.map(({ normed }) => championOf(normed));
  const rows = new Map(
    (instances[0]?.free ?? []).map(({ id }) => [
      id,
      instances.map(({ free, ceiling }, i) => {
        const own = free.find((entrant) => entrant.id === id) as Entrant;
        const arms = [own, champions[i] as Entrant].map((entrant) => ({ size: 1, ...entrant }));
        return log2Losses(arms, { ceiling, seeds }).map(
          ([mine, best]) => (mine as number) - (best as number),
        );
      }),
    ]),
  );
  return { contest, champions, rows };
}

/** The entrant of least tuning loss. */
export function championOf(entrants: readonly Entrant[]): Entrant {
  return entrants.reduce((best, one) =>
    (one.tuningLoss ?? Infinity) < (best.tuningLoss ?? Infinity) ? one : best,
  );
}

/** Variance of an instance's gap about the mean of its family, pooled over families; by replacement. */
function scatterOf(measured: readonly Measured[]): ReadonlyMap<string, StandardError> {
  const sums = new Map<string, { squares: number; degrees: number }>();
  for (const { rows } of measured) {
    for (const [id, instances] of rows) {
      const means = instances.map(mean);
      const centre = mean(means);
      const own = sums.get(id) ?? { squares: 0, degrees: 0 };
      sums.set(id, {
        squares: own.squares + means.reduce((sum, value) => sum + (value - centre) ** 2, 0),
        degrees: own.degrees + means.length - 1,
      });
    }
  }
  return new Map(
    [...sums]
      .filter(([, { degrees }]) => degrees > 0)
      .map(([id, { squares, degrees }]) => [id, { error: Math.sqrt(squares / degrees), degrees }]),
  );
}

function gapsOf(
  { contest, champions, rows }: Measured,
  scatter: ReadonlyMap<string, StandardError>,
): readonly Gap[] {
  const { instances, seeds } = contest;
  return [...rows].map(([id, own]): Gap => {
    const bySeed = Array.from({ length: seeds }, (_, seed) =>
      mean(own.map((row) => row[seed] as number)),
    );
    const estimate = mean(bySeed);
    const spread = scatter.get(id);
    const errors: readonly StandardError[] = [
      {
        error: Math.sqrt(
          bySeed.reduce((sum, gap) => sum + (gap - estimate) ** 2, 0) / (seeds - 1) / seeds,
        ),
        degrees: seeds - 1,
      },
      ...(spread ? [{ ...spread, error: spread.error / Math.sqrt(instances.length) }] : []),
    ];
    const test = regionTest(estimate, errors, { low: -Infinity, high: NEED_MARGIN });
    const entrants = instances.map(
      ({ free }) => free.find((entrant) => entrant.id === id) as Entrant,
    );
    const edge = ({ status }: Entrant) => status === 'edge';
    const twice = (p: number) => Math.min(1, 2 * p);
    return {
      ...{ id, title: entrants[0]?.title ?? id, estimate },
      interval: [estimate - test.half, estimate + test.half],
      within: champions.some(edge) ? 1 : twice(test.inside),
      beyond: entrants.some(edge) ? 1 : twice(test.outside),
      edges: [...champions, ...entrants].filter(edge).length,
      diverged: entrants.reduce(
        (sum, { losses }) => sum + losses.filter((loss) => loss === null).length,
        0,
      ),
      parts: own.map(mean),
    };
  });
}
