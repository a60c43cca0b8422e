import type { Arm, ArmOutcome } from '../arm.ts';
import type { Protocol } from '../protocol.ts';
import type { LatticeAxis, Point } from './lattice.ts';
import type { Finalist, Finding, Searched, SearchPlan, SearchResult } from './search-family.ts';
import { finalistsOf, searchFamily } from './search-family.ts';

/** Tunes and judges arms by a protocol; outcomes are in the order of the arms. */
export type Tune = (arms: readonly Arm[], protocol: Protocol) => Promise<readonly ArmOutcome[]>;

/** A smaller and a larger net, both tuned on one draw of one task. */
export interface Duel {
  readonly point: Point;
  /** Which draw of the task: draws share nothing but its parameters. */
  readonly draw: number;
  readonly small: ArmOutcome;
  readonly large: ArmOutcome;
}

/** How far a study goes. */
export interface HarmPlan {
  readonly search: SearchPlan;
  /** How the arms of the search, and how those of replications, are tuned and judged. */
  readonly scouting: Protocol;
  readonly replication: Protocol;
  /** Members that the search puts forward. */
  readonly finalists: number;
  /** Fresh draws of each of them. */
  readonly draws: number;
  /** Fresh draws of the finalist whose replicated harm is surest, over all sizes. */
  readonly ladderDraws: number;
  /** Fresh draws of the same finalist with `factor` times as many steps: harm that is only slowness would go. */
  readonly stretch: { readonly factor: number; readonly draws: number };
}

/** What a study compares, in which family. */
export interface HarmDesign {
  readonly axes: readonly LatticeAxis[];
  /** A random order of the family's members. */
  readonly order: (rank: number) => number;
  readonly sizes: {
    readonly small: number;
    readonly large: number;
    /** All sizes that the last part looks at, in order. */
    readonly ladder: readonly number[];
  };
  /** The arm of a size on a draw of a task, named by all three. */
  readonly armOf: (
    point: Point,
    where: {
      readonly size: number;
      readonly draw: number;
      /** Times as many steps as usual. */
      readonly stretch?: number;
    },
  ) => Arm;
  /** What the search maximises, with its variance as far as the seeds show it. */
  readonly meritOf: (duel: Duel) => Finding;
  /** Harm of the larger net: what replications are ranked by. */
  readonly harmOf: (duel: Duel) => number;
}

/** A finalist with its duels on fresh draws. */
export interface Replicated extends Finalist {
  readonly searchDuel: Duel;
  readonly duels: readonly Duel[];
}

/** All sizes on fresh draws of one task. */
export interface Ladder {
  readonly point: Point;
  readonly sizes: readonly number[];
  /** Outcomes by size, draw by draw. */
  readonly draws: readonly {
    readonly draw: number;
    readonly outcomes: readonly ArmOutcome[];
  }[];
}

/** What a study came to. */
export interface HarmFindings {
  readonly searched: readonly (Searched & { readonly duel: Duel })[];
  readonly belief: SearchResult['belief'];
  /** In the order in which the search put them forward. */
  readonly finalists: readonly Replicated[];
  /** Null where the plan has no draws for it. */
  readonly ladder: Ladder | null;
  /** Duels with more steps on fresh draws of the ladder's task; empty where the plan has none. */
  readonly stretched: readonly Duel[];
}

/**
 * Looks for the task in which a larger net, tuned, does the most harm: a search over the family on one draw of each
 * task, finalists replicated on fresh draws with seeds that belong to the draw alone, and the finalist whose
 * replicated harm is surest once more over all sizes, and with more steps, on draws that chose nothing. Pure code over
 * `tune`, whose arms are journalled trial by trial: resuming, drawing again and judging again are this one path. Throws
 * where the family is smaller than the search, and as `tune` does.
 */
export async function studyHarm(
  { axes, order, sizes, armOf, meritOf, harmOf }: HarmDesign,
  { search, scouting, replication, finalists, draws, ladderDraws, stretch }: HarmPlan,
  tune: Tune,
): Promise<HarmFindings> {
  const { small, large, ladder } = sizes;
  const duel = async (points: readonly Point[], draw: number, protocol: Protocol, times = 1) => {
    const more = times > 1 ? { stretch: times } : {};
    const arms = points.flatMap((point) =>
      [small, large].map((size) => armOf(point, { size, draw, ...more })),
    );
    const outcomes = await tune(arms, protocol);
    return points.map(
      (point, i): Duel => ({ point, draw, small: outcomes[2 * i]!, large: outcomes[2 * i + 1]! }),
    );
  };
  const scouted = new Map<string, Duel>();
  const result = await searchFamily(axes, search, {
    order,
    async measure(points) {
      const duels = await duel(points, SEARCH_DRAW, scouting);
      for (const one of duels) scouted.set(one.point.join(), one);
      return duels.map(meritOf);
    },
  });
  const chosen = finalistsOf(axes, result, finalists);
  const replicated: Duel[][] = chosen.map(() => []);
  for (let draw = 1; draw <= draws; draw++) {
    const points = chosen.map(({ point }) => point);
    const duels = await duel(points, draw, ownSeeds(replication, draw));
    duels.forEach((one, i) => {
      replicated[i]!.push(one);
    });
  }
  const sure = replicated.map((duels) => surely(duels.map(harmOf)));
  const top = chosen[sure.indexOf(Math.max(...sure))]?.point;
  const climbed: Ladder['draws'][number][] = [];
  for (let draw = draws + 1; top && draw <= draws + ladderDraws; draw++) {
    const arms = ladder.map((size) => armOf(top, { size, draw }));
    climbed.push({ draw, outcomes: await tune(arms, ownSeeds(replication, draw)) });
  }
  const stretched: Duel[] = [];
  const before = draws + ladderDraws;
  for (let draw = before + 1; top && draw <= before + stretch.draws; draw++) {
    stretched.push(...(await duel([top], draw, ownSeeds(replication, draw), stretch.factor)));
  }
  return {
    searched: result.searched.map((one) => ({ ...one, duel: scouted.get(one.point.join())! })),
    belief: result.belief,
    finalists: chosen.map((one, i) => ({
      ...one,
      searchDuel: scouted.get(one.point.join())!,
      duels: replicated[i]!,
    })),
    ladder: top && ladderDraws > 0 ? { point: top, sizes: ladder, draws: climbed } : null,
    stretched,
  };
}

/** What a mean is surely above, or nearly: two standard errors below it. */
function surely(values: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean - (n > 1 ? 2 * Math.sqrt(square / (n - 1) / n) : 0);
}

/** The draw of every task that the search looks at. */
export const SEARCH_DRAW = 0;

/** Draws of a replication have tuning and judging seeds of their own, so that nothing but the task ties them together. */
export function ownSeeds(protocol: Protocol, draw: number): Protocol {
  return { ...protocol, replicate: protocol.replicate + draw };
}
