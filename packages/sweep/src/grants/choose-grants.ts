/** Arms that are judged against each other, on the same seeds. */
export interface Contest {
  readonly name: string;
  /** Seeds that each of its arms has been judged on. */
  readonly seeds: number;
  /** Half of an interval over the effect that it is around: above 1 nothing is decided. */
  readonly doubt: number;
  /** Seconds of the wall that one more seed for all of its arms is expected to take. */
  readonly secondsPerSeed: number;
}

/** A contest with less doubt is left as it is. */
const SETTLED = 1 / 3;

/** Seeds that a contest may come to, as a multiple of the protocol's: an effect of nothing would take them all. */
const MOST = 16;

/** A grant adds this share of the seeds that are there: fewer would hardly show. */
const STEP = 1 / 4;

/**
 * Shares out time in more judging seeds: always to the contest that would be in most doubt, since an interval narrows
 * with the root of the seeds. Gives the seeds that contests come to, by name; a pure function of what it is given.
 */
export function chooseGrants(
  contests: readonly Contest[],
  { seconds, protocolSeeds }: { readonly seconds: number; readonly protocolSeeds: number },
): ReadonlyMap<string, number> {
  const seeds = new Map(contests.map((one) => [one.name, one.seeds]));
  const expected = ({ name, seeds: now, doubt }: Contest) =>
    doubt * Math.sqrt(now / (seeds.get(name) ?? now));
  let left = seconds;
  for (;;) {
    const open = contests.flatMap((contest) => {
      const now = seeds.get(contest.name) ?? contest.seeds;
      const next = Math.min(MOST * protocolSeeds, now + Math.max(1, Math.ceil(STEP * now)));
      const cost = (next - now) * contest.secondsPerSeed;
      const doubt = expected(contest);
      return next > now && cost <= left && doubt > SETTLED ? [{ contest, next, cost, doubt }] : [];
    });
    const [first] = open.sort((a, b) => b.doubt - a.doubt);
    if (first === undefined) break;
    seeds.set(first.contest.name, first.next);
    left -= first.cost;
  }
  return new Map(
    contests.flatMap(({ name, seeds: now }) => {
      const granted = seeds.get(name) ?? now;
      return granted > now ? [[name, granted] as const] : [];
    }),
  );
}
