import { fitProcess } from './fit-prior.ts';
import type { Belief } from './gaussian-process.ts';
import type { LatticeAxis, Point } from './lattice.ts';
import { countOf, indexOf, placeOf, pointAt, stepsBetween } from './lattice.ts';

/** How long a search is, and how bold. */
export interface SearchPlan {
  /** Members drawn at random first. */
  readonly sample: number;
  /** Rounds that follow, and the members measured in each. */
  readonly rounds: number;
  readonly batch: number;
  /** Standard deviations above what is expected that a member is given credit for. */
  readonly optimism: number;
}

/** What a measurement of a member came to. */
export interface Finding {
  readonly value: number;
  /** Of the measurement, as far as it is known. */
  readonly variance: number;
}

/** A member that was measured, in the order of the search. */
export interface Searched extends Finding {
  readonly point: Point;
  /** 0: drawn at random. */
  readonly round: number;
}

/** What a search came to. */
export interface SearchResult {
  readonly searched: readonly Searched[];
  /** What is believed of every member of the family in the end, by its number. */
  readonly belief: Pick<Belief, 'mean' | 'deviation'>;
}

/**
 * Looks for the member of a family with the largest value: a random sample, then rounds of the members that a Gaussian
 * process, fitted anew, gives the highest upper confidence bounds (GP-BUCB of Desautels, Krause and Burdick 2014).
 *
 * A bandit rather than a grid, since a family of six parameters has thousands of members and a measurement costs
 * hundreds of trials; bounds rather than expected improvement, since measurements are noisy and the best one so far is
 * mostly luck; a sample first, and at random, since it says what is usual in the family.
 *
 * Its only effect is `measure`, whose findings come in the order of the points. `order` is a random order of the
 * family's members: the same order and findings give the same search. Throws where the family is smaller than the plan.
 */
export async function searchFamily(
  axes: readonly LatticeAxis[],
  { sample, rounds, batch, optimism }: SearchPlan,
  {
    order,
    measure,
  }: {
    readonly order: (rank: number) => number;
    readonly measure: (points: readonly Point[], round: number) => Promise<readonly Finding[]>;
  },
): Promise<SearchResult> {
  const members = countOf(axes);
  const wanted = sample + rounds * batch;
  if (sample < 2 || wanted > members) {
    throw new Error(`unknown search: ${sample} to ${wanted} measured (2 to ${members})`);
  }
  const places = Array.from({ length: members }, (_, index) => placeOf(axes, pointAt(axes, index)));
  const searched: Searched[] = [];
  const look = async (indices: readonly number[], round: number) => {
    const points = indices.map((index) => pointAt(axes, index));
    const findings = await measure(points, round);
    points.forEach((point, i) => {
      searched.push({ point, round, ...findings[i]! });
    });
  };
  const believe = () =>
    fitProcess(
      searched.map(({ point, value, variance }) => ({
        place: placeOf(axes, point),
        value,
        variance,
      })),
    ).believe(places);
  await look(
    Array.from({ length: sample }, (_, rank) => order(rank)),
    0,
  );
  for (let round = 1; round <= rounds; round++) {
    const taken = new Set(searched.map(({ point }) => indexOf(axes, point)));
    await look(mostPromising(believe(), taken, { batch, optimism }), round);
  }
  const { mean, deviation } = believe();
  return { searched, belief: { mean, deviation } };
}

/** The members with the highest upper bounds, one after the other, each taken note of before the next is chosen. */
function mostPromising(
  belief: Belief,
  taken: Set<number>,
  { batch, optimism }: Pick<SearchPlan, 'batch' | 'optimism'>,
): readonly number[] {
  const { mean, deviation } = belief;
  return Array.from({ length: batch }, () => {
    let best = -1;
    let highest = -Infinity;
    for (let i = 0; i < mean.length; i++) {
      const bound = mean[i]! + optimism * deviation[i]!;
      if (bound > highest && !taken.has(i)) [best, highest] = [i, bound];
    }
    taken.add(best);
    belief.expect(best);
    return best;
  });
}

/** Two finalists are at least so many steps of the lattice apart. */
const APART = 4;

/** A member that the search puts forward, with what it measured and what it believes. */
export interface Finalist extends Searched {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The measured members of which the most is believed, at most `count` and no two of them neighbours. Beliefs shrink
 * lucky measurements towards those around them, so that fewer finalists are there by luck alone.
 */
export function finalistsOf(
  axes: readonly LatticeAxis[],
  { searched, belief }: SearchResult,
  count: number,
): readonly Finalist[] {
  const ranked = searched
    .map((one) => {
      const index = indexOf(axes, one.point);
      return { ...one, mean: belief.mean[index]!, deviation: belief.deviation[index]! };
    })
    .sort((a, b) => b.mean - a.mean || indexOf(axes, a.point) - indexOf(axes, b.point));
  const chosen: Finalist[] = [];
  for (const one of ranked) {
    if (chosen.length === count) break;
    if (chosen.every(({ point }) => stepsBetween(point, one.point) >= APART)) chosen.push(one);
  }
  return chosen;
}
