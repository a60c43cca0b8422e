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
  // That nothing was measured beyond the end of a slice is the same said again.
  const again = ({ knob, side, reason }: Edge) =>
    reason === 'unmeasured' && beyond.some((end) => end.knob === knob && end.side === side);
  return [...edges.filter((edge) => !again(edge)), ...beyond];
}

function sliceEdge(slice: readonly SlicePoint[], knob: string): readonly Edge[] {
  if (slice.length < 2) return [];
  const means = slice.map(({ losses }) => meanLoss(losses) ?? Infinity);
  const best = means.indexOf(Math.min(...means));
  if (best === 0) return [{ knob, side: 'low', reason: 'slice' }];
  if (best === slice.length - 1) return [{ knob, side: 'high', reason: 'slice' }];
  return [];
}
