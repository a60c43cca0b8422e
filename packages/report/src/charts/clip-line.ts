import type { Warp } from './warp.ts';

/** The panel that lines are clipped to: its ends and how its axes bend. */
export interface Box {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  readonly warps: { readonly x: Warp; readonly y: Warp };
}

type Pair = readonly [x: number, y: number];

/** The part of a segment inside a box, as shares of its way (Liang and Barsky 1984); undefined where it stays outside. */
function shareInside(a: Pair, b: Pair, low: Pair, high: Pair): Pair | undefined {
  let [from, to] = [0, 1];
  for (const axis of [0, 1] as const) {
    const step = b[axis] - a[axis];
    const ends = [low[axis] - a[axis], high[axis] - a[axis]] as const;
    if (step === 0) {
      if (ends[0] > 0 || ends[1] < 0) return undefined;
      continue;
    }
    const [enter, leave] = step > 0 ? ends : [ends[1], ends[0]];
    from = Math.max(from, enter / step);
    to = Math.min(to, leave / step);
  }
  return from < to ? [from, to] : undefined;
}

/** The point at a share of the way, the ends exactly, so that pieces can be told to meet. */
function along(a: Pair, b: Pair, share: number): Pair {
  if (share === 0 || share === 1) return share === 0 ? a : b;
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/**
 * The pieces of a line that lie in a panel, cut exactly where it leaves, since a mark beyond a panel, clipped or
 * not, would stretch the figure around it. A null y, or a point that the axes cannot hold, breaks the line.
 */
export function clipLine(
  points: readonly (readonly [x: number, y: number | null])[],
  { x, y, warps }: Box,
): readonly (readonly Pair[])[] {
  const bend = ([at, value]: readonly [number, number]): Pair => [
    warps.x.to(at),
    warps.y.to(value),
  ];
  const [low, high] = [bend([x[0], y[0]]), bend([x[1], y[1]])];
  const pieces: Pair[][] = [];
  let last: Pair | undefined;
  for (const [at, value] of points) {
    const next = value === null ? undefined : bend([at, value]);
    const here = next?.every(Number.isFinite) ? next : undefined;
    const inside = last && here && shareInside(last, here, low, high);
    if (last && here && inside) {
      const start = along(last, here, inside[0]);
      const end = along(last, here, inside[1]);
      if (inside[0] > 0 || pieces.length === 0 || broken(pieces, start)) pieces.push([start]);
      pieces[pieces.length - 1]?.push(end);
    }
    last = here;
  }
  return pieces.map((piece) =>
    piece.map(([at, value]) => [warps.x.from(at), warps.y.from(value)] as const),
  );
}

/** Whether the last piece ends elsewhere than where the next one starts. */
function broken(pieces: readonly (readonly Pair[])[], start: Pair): boolean {
  const end = pieces[pieces.length - 1]?.slice(-1)[0];
  return end === undefined || end[0] !== start[0] || end[1] !== start[1];
}

/** A band between two heights, kept to a panel: cut at its sides, levelled at top and bottom. */
export function clipBand(
  points: readonly (readonly [x: number, low: number, high: number])[],
  box: Box,
): readonly (readonly [x: number, low: number, high: number])[] {
  const { to, from } = box.warps.x;
  const level = (value: number): number => Math.min(box.y[1], Math.max(box.y[0], value));
  const ends = box.x.map(to) as [number, number];
  return points.flatMap(([x, low, high], i) => {
    const here = to(x);
    const kept = here >= ends[0] && here <= ends[1] ? [[x, level(low), level(high)] as const] : [];
    const before = points[i - 1];
    if (before === undefined) return kept;
    const there = to(before[0]);
    const cuts = ends.flatMap((end) => {
      const share = (end - there) / (here - there);
      if (!(share > 0 && share < 1)) return [];
      const at = (a: number, b: number): number => level(a + (b - a) * share);
      return [[from(end), at(before[1], low), at(before[2], high)] as const];
    });
    return [...(here < there ? [...cuts].reverse() : cuts), ...kept];
  });
}
