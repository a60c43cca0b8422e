import {
  log2Losses,
  meanError,
  regionTest,
  type SizedArm,
  type StandardError,
} from '@hyperlaw/report';
import { mean, seedMeans } from './mean.ts';

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

/**
 * Non-inferiority margin, in log2 loss: a tenth of the loss. What lies below it is no reason to have a layer: in the suite
 * on width, three doublings of the width bring more in the median random task. It is also as little as single tasks can
 * resolve: a tuned arm comes out a few percent differently when it is tuned again.
 */
export const NEED_MARGIN = Math.log2(1.1);

/** A contest's gaps one by one, before they are judged. */
export interface Measured {
  readonly contest: Contest;
  readonly champions: readonly Entrant[];
  /** By replacement, `[instance][seed]`. */
  readonly rows: ReadonlyMap<string, readonly (readonly number[])[]>;
}

/** The gaps of a contest: of every replacement to the champion, by instance and seed. */
export function measure(contest: Contest): Measured {
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
export function scatterOf(measured: readonly Measured[]): ReadonlyMap<string, StandardError> {
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

/** What every replacement's gap comes to, with the larger of its two errors. */
export function gapsOf(
  { contest, champions, rows }: Measured,
  scatter: ReadonlyMap<string, StandardError>,
): readonly Gap[] {
  const { instances } = contest;
  return [...rows].map(([id, own]): Gap => {
    const bySeed = seedMeans(own);
    const estimate = mean(bySeed);
    const spread = scatter.get(id);
    const errors: readonly StandardError[] = [
      meanError(bySeed),
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
