import type { Arm } from './arm.ts';
import type { Protocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { isFinished, rank } from './ranking.ts';
import type { Setting } from './space.ts';
import { knobIndex, limitsOf, shifted } from './space.ts';

type Range = readonly [low: number, high: number];

/** Trains settings to the full horizon on the first tuning seed. */
export type TrainSettings = (settings: readonly Setting[]) => Promise<readonly Scored[]>;

/**
 * Best-first search on the lattice: again and again measures the unmeasured neighbours, one step away in
 * one knob, of the best settings that still have some, until `total` settings are measured or the lattice
 * has no more. Breadth costs certainty about the best, so the last rounds expand one setting at a time. A
 * range grows by a step where one that may yet win stands on its edge, up to the hard limits.
 */
export async function refine(
  { space }: Arm,
  { rate, beam, confirm }: Protocol,
  start: readonly Scored[],
  total: number,
  train: TrainSettings,
): Promise<readonly Scored[]> {
  const k = knobIndex(space, rate);
  const known = new Map(start.map((scored) => [scored.setting.join(), scored]));
  const limits = space.map(limitsOf);
  let ranges = space.map(({ min, max }, index) => spanning([min, max], start, index));
  while (known.size > 0 && known.size < total) {
    const ranked = rank(known.values(), k);
    const hopeful = ranked.slice(0, confirm).filter((one, place) => place === 0 || isFinished(one));
    ranges = ranges.map((range, index) =>
      hopeful.reduce((grow, { setting }) => grown(grow, limits[index]!, setting[index]!), range),
    );
    const left = total - known.size;
    const breadth = left > 2 * space.length * beam ? beam : 1;
    const next = frontier(ranked, ranges, known, breadth).slice(0, left);
    if (next.length > 0) {
      for (const scored of await train(next)) known.set(scored.setting.join(), scored);
      continue;
    }
    const wider = ranges.map(([low, high], index) => clamp([low - 1, high + 1], limits[index]!));
    if (wider.join() === ranges.join()) break;
    ranges = wider;
  }
  return [...known.values()];
}

/** The unmeasured neighbours of the best `beam` settings that have some; diverged ones come last of all. */
function frontier(
  ranked: readonly Scored[],
  ranges: readonly Range[],
  known: ReadonlyMap<string, Scored>,
  beam: number,
): readonly Setting[] {
  const expand = (candidates: readonly Scored[]) => {
    const open = candidates
      .map(({ setting }) => neighbours(setting, ranges).filter((one) => !known.has(one.join())))
      .filter((settings) => settings.length > 0);
    return [
      ...new Map(
        open
          .slice(0, beam)
          .flat()
          .map((one) => [one.join(), one]),
      ).values(),
    ];
  };
  const finished = expand(ranked.filter(isFinished));
  return finished.length > 0 ? finished : expand(ranked);
}

function neighbours(setting: Setting, ranges: readonly Range[]): readonly Setting[] {
  return ranges.flatMap(([low, high], k) =>
    [shifted(setting, k, -1), shifted(setting, k, 1)].filter(
      (one) => one[k]! >= low && one[k]! <= high,
    ),
  );
}

function spanning([low, high]: Range, scored: readonly Scored[], k: number): Range {
  const coordinates = scored.map(({ setting }) => setting[k]!);
  return [Math.min(low, ...coordinates), Math.max(high, ...coordinates)];
}

function grown([low, high]: Range, limits: Range, at: number): Range {
  return clamp([at <= low ? at - 1 : low, at >= high ? at + 1 : high], limits);
}

function clamp([low, high]: Range, [least, most]: Range): Range {
  return [Math.max(low, least), Math.min(high, most)];
}
