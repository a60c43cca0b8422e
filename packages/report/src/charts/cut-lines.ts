import type { Row } from './chart.ts';
import type { Warp } from './warp.ts';

/** The point between a and b at a share of the way, as the scale draws it. */
function between(a: number, b: number, share: number, { to, from }: Warp): number {
  return from(to(a) + (to(b) - to(a)) * share);
}

/** The share of the way from a to b at which a value lies, as the scale draws it. */
function shareAt(a: number, b: number, value: number, { to }: Warp): number {
  return (to(value) - to(a)) / (to(b) - to(a));
}

/**
 * The lines of a panel, broken where training diverged and cut where they leave the panel at the top: a mark
 * beyond a panel, clipped or not, would stretch the figure around it. Each row tells its series and piece.
 */
export function cutLines(
  rows: readonly Row[],
  top: number,
  scales: { readonly x: Warp; readonly y: Warp },
): readonly Row[] {
  const points = rows.filter((row) => row.kind === 'trained' || row.kind === 'diverged');
  return [...new Set(points.map((row) => row.series ?? null))].flatMap((series) => {
    const line = points
      .filter((row) => (row.series ?? null) === series)
      .map((row) => ({ x: Number(row.x), y: row.y === null ? null : Number(row.y) }))
      .sort((a, b) => a.x - b.x);
    let piece = 0;
    return line.flatMap(({ x, y }, i): Row[] => {
      const before = line[i - 1];
      if (y === null) {
        piece += 1;
        return [];
      }
      const kept: Row[] = [];
      if (before && before.y !== null && before.y > top !== y > top) {
        const share = shareAt(before.y, y, top, scales.y);
        kept.push({ x: between(before.x, x, share, scales.x), y: top, series, piece });
      }
      if (y > top) piece += 1;
      else kept.push({ x, y, series, piece });
      return kept;
    });
  });
}
