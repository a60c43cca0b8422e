import type { Arm } from '../arm.ts';
import type { Protocol } from '../protocol.ts';
import type { HarmDesign, HarmPlan } from './harm-study.ts';
import { ownSeeds, SEARCH_DRAW } from './harm-study.ts';
import { pointAt } from './lattice.ts';

/** Arms that are tuned together. */
export interface Round {
  readonly arms: readonly Arm[];
  readonly protocol: Protocol;
}

/**
 * Rounds of the sizes that a study of harm has, before anything of it is known: the family's members come in random order
 * where the study has those that it found. What it costs, not what it does.
 */
export function harmRounds(
  { axes, order, sizes: { small, large, ladder }, armOf }: HarmDesign,
  { search, scouting, replication, finalists, draws, ladderDraws, stretch }: HarmPlan,
): readonly Round[] {
  const duels = (first: number, count: number, draw: number, times = 1): readonly Arm[] =>
    Array.from({ length: count }, (_, i) => pointAt(axes, order(first + i))).flatMap((point) =>
      [small, large].map((size) =>
        armOf(point, { size, draw, ...(times > 1 && { stretch: times }) }),
      ),
    );
  const replicated = (first: number, count: number, armsOf: (draw: number) => readonly Arm[]) =>
    Array.from({ length: count }, (_, i): Round => {
      const draw = first + i;
      return { arms: armsOf(draw), protocol: ownSeeds(replication, draw) };
    });
  const { sample, rounds, batch } = search;
  const before = draws + ladderDraws;
  const top = pointAt(axes, order(0));
  return [
    { arms: duels(0, sample, SEARCH_DRAW), protocol: scouting },
    ...Array.from({ length: rounds }, (_, round) => ({
      arms: duels(sample + round * batch, batch, SEARCH_DRAW),
      protocol: scouting,
    })),
    ...replicated(1, draws, (draw) => duels(0, finalists, draw)),
    ...replicated(draws + 1, ladderDraws, (draw) =>
      ladder.map((size) => armOf(top, { size, draw })),
    ),
    ...replicated(before + 1, stretch.draws, (draw) => duels(0, 1, draw, stretch.factor)),
  ];
}
