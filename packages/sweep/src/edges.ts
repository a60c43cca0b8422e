import type { Edge, SlicePoint } from './arm.ts';
import { meanLoss } from './mean-loss.ts';
import type { Setting, Space } from './space.ts';
import { limitsOf, shifted } from './space.ts';

/**
 * Every reason why a winner is not known to be an interior optimum, by knob and side: it stands on a hard
 * limit, a neighbour was never measured at the full horizon, or the best point of its slice is the last.
 * A knob whose limits leave it a single value has no edges.
 */
export function edgesOf(
  space: Space,
  winner: Setting,
  slice: readonly SlicePoint[],
  rate: string,
  measured: ReadonlySet<string>,
): readonly Edge[] {
  const edges = space.flatMap((knob, k) => {
    const [low, high] = limitsOf(knob);
    if (low === high) return [];
    return (['low', 'high'] as const).flatMap((side): readonly Edge[] => {
      if (winner[k] === (side === 'low' ? low : high)) {
        return [{ knob: knob.name, side, reason: 'limit' }];
      }
      const neighbour = shifted(winner, k, side === 'low' ? -1 : 1);
      return measured.has(neighbour.join())
        ? []
        : [{ knob: knob.name, side, reason: 'unmeasured' }];
    });
  });
  const beyond = sliceEdge(slice, rate);
  // The end of a slice has no neighbour that was measured, which is the same said again.
  const same = (edge: Edge) => edge.reason === 'unmeasured' && edge.knob === rate;
  return [...edges.filter((edge) => beyond.length === 0 || !same(edge)), ...beyond];
}

function sliceEdge(slice: readonly SlicePoint[], knob: string): readonly Edge[] {
  if (slice.length < 2) return [];
  const means = slice.map(({ losses }) => meanLoss(losses) ?? Infinity);
  const best = means.indexOf(Math.min(...means));
  if (best === 0) return [{ knob, side: 'low', reason: 'slice' }];
  if (best === slice.length - 1) return [{ knob, side: 'high', reason: 'slice' }];
  return [];
}
