import type { Row } from './chart.ts';
import { labelEnd } from './label-end.ts';
import { token } from './palette.ts';
import { only, type Place } from './panels.ts';
import type { Position } from './scale.ts';
import { textEms } from './text-width.ts';
import { hover } from './tooltip.ts';
import type { Warp } from './warp.ts';

const FONT = 10.5;

/** Whether all that was measured lies above a rule, which then has its label below: nothing else is there. */
export function hasFloor(mine: readonly Row[]): boolean {
  const of = (kind: string) =>
    mine.flatMap((row) => (row.kind === kind && typeof row.y === 'number' ? [row.y] : []));
  return of('rule').some((level) => of('measured').every((y) => y >= level));
}

/** Where a value lies on an axis, as a share of it, its ends at the most. */
function shareAt(value: number, [low, high]: readonly [number, number], { to }: Warp): number {
  const share = (to(value) - to(low)) / (to(high) - to(low));
  return share > 0 ? Math.min(1, share) : 0;
}

/** Level rules of a panel, and apart from them their labels, which stand over marks but where there are none. */
export function trendRules(
  mine: readonly Row[],
  {
    place,
    x,
    y,
    warps,
    title,
  }: {
    readonly place: Place;
    readonly x: Position;
    readonly y: Position;
    readonly warps: { readonly x: Warp; readonly y: Warp };
    /** Of the vertical axis. */
    readonly title: string;
  },
): {
  readonly rules: readonly Readonly<Record<string, unknown>>[];
  readonly labels: readonly Readonly<Record<string, unknown>>[];
} {
  const ruled = mine.filter((row) => row.kind === 'rule');
  if (ruled.length === 0) return { rules: [], labels: [] };
  const yChannel = { field: 'y', type: 'quantitative', scale: y.scale, axis: y.axis };
  const down = (value: number): number => place.height * (1 - shareAt(value, y.domain, warps.y));
  const obstacles = mine
    .filter((row) => row.kind === 'measured')
    .map((row) => ({
      x: place.width * shareAt(Number(row.x), x.domain, warps.x),
      top: down(Number(row.high ?? row.y)) - 4,
      bottom: down(Number(row.low ?? row.y)) + 4,
    }));
  const above = { baseline: 'bottom', dy: -3 };
  const below = { baseline: 'top', dy: 4 };
  const sides = hasFloor(mine) ? [below, above] : [above, below];
  const labels = ruled.flatMap((row) => {
    const { y: level, label } = row;
    if (typeof level !== 'number' || typeof label !== 'string' || label === '') return [];
    const places = sides.map((side) => {
      const top = down(level) + side.dy - (side === above ? FONT : 0);
      const box = { length: FONT * textEms(label), top, bottom: top + FONT };
      const inside = box.top >= 0 && box.bottom <= place.height;
      return { side, end: inside ? labelEnd(box, obstacles, place.width) : undefined };
    });
    const free = places.find(({ end }) => end !== undefined);
    return [
      {
        data: { values: [row] },
        mark: { type: 'text', align: 'right', fontSize: FONT, ...(free?.side ?? sides[0]) },
        encoding: {
          x: { value: free?.end ?? place.width },
          y: yChannel,
          text: { field: 'label' },
        },
      },
    ];
  });
  const rules = [
    {
      transform: only(place.facet, 'rule'),
      mark: { type: 'rule', strokeDash: [2, 3], color: token('muted'), clip: true },
      encoding: { y: yChannel, tooltip: hover(['label', 'line'], ['y', title, '.4~g']) },
    },
  ];
  return { rules, labels };
}
