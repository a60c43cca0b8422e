import type { Protocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { isFinished, rank } from './ranking.ts';
import type { Setting, Space } from './space.ts';
import { compareSettings, knobIndex, withinLimits } from './space.ts';

/**
 * The settings that an arm takes from its neighbours' searches, at most `count`: of each neighbour its `borrow` best,
 * the best of all first, ties by lattice order, so that neither the order of neighbours nor their side matters. Left out
 * are those beyond the arm's own limits, and those that it has measured. A neighbour lends lattice coordinates: what
 * they mean in its own net is the parameterization's affair. One of which nothing finished lends nothing.
 */
export function borrowed(
  space: Space,
  { borrow, rate }: Protocol,
  own: readonly Scored[],
  neighbours: readonly (readonly Scored[])[],
  count: number,
): readonly Setting[] {
  const k = knobIndex(space, rate);
  const known = new Set(own.map(({ setting }) => setting.join()));
  const places = new Map<string, { readonly setting: Setting; readonly place: number }>();
  for (const searched of neighbours) {
    const best = rank(searched, k).filter(isFinished).slice(0, borrow);
    best.forEach(({ setting }, place) => {
      const before = places.get(setting.join());
      if (before === undefined || place < before.place)
        places.set(setting.join(), { setting, place });
    });
  }
  return [...places.values()]
    .filter(({ setting }) => withinLimits(space, setting) && !known.has(setting.join()))
    .sort((a, b) => a.place - b.place || compareSettings(a.setting, b.setting))
    .slice(0, count)
    .map(({ setting }) => setting);
}
