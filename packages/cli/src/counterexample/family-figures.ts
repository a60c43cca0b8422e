import { type Figure, lawChart, mapChart } from '@hyperlaw/report';
import { countOf, type Point, pointAt } from '@hyperlaw/sweep';
import type { CounterexampleDeclaration } from './declaration.ts';
import { MERIT_AXIS } from './figures.ts';
import type { Told } from './statement.ts';

/** Measured harm against every parameter of the family. */
export function axesFigure(
  { family: { axes } }: CounterexampleDeclaration,
  { findings: { searched, belief } }: Told,
): Figure {
  const facet = (k: number) => {
    const { title = '', levels = [] } = axes[k] ?? {};
    return `${title}, ${levels[0]} to ${levels[levels.length - 1]}`;
  };
  const place = (k: number, level: number) =>
    level / Math.max(1, (axes[k]?.levels.length ?? 1) - 1);
  const members = membersOf(axes);
  const averages = axes.map((_, k) =>
    averagesAlong(k, { axes, members, mean: belief.mean }).map(
      (average, level) => [place(k, level), average] as const,
    ),
  );
  return {
    id: 'family',
    title: 'Harm against each parameter of the family',
    caption:
      'What the search maximises (harm in $\\log_2$ loss, less what the smaller net falls short of learning), every measured task once in each panel, from the lowest to the highest level of a parameter (points a little apart, so that they can be told; triangles lie beyond the panel); the line is what the model expects on average over the whole family. *Look for* the parameters along which the line moves: they decide whether larger helps or hurts. *Do not read* the chosen points as typical: the search goes where it expects harm.',
    chart: lawChart({
      x: { title: 'level, lowest to highest', domain: [-0.06, 1.06] },
      y: { title: MERIT_AXIS, domain: bulkOf(searched.map(({ value }) => value)) },
      series: { title: 'task' },
      measured: axes.flatMap((_, k) =>
        searched.map(({ point, value, round }, i) => ({
          facet: facet(k),
          series: round === 0 ? 'drawn at random' : 'chosen by the search',
          x: place(k, point[k] ?? 0) + 0.05 * (((i * 0.618) % 1) - 0.5),
          y: value,
        })),
      ),
      theory: averages.map((points, k) => ({
        points,
        label: 'expected on average',
        facet: facet(k),
      })),
      rules: axes.map((_, k) => ({ axis: 'y' as const, at: 0, label: '', facet: facet(k) })),
    }),
  };
}

type Axes = CounterexampleDeclaration['family']['axes'];

/** What the model believes of every member, which stand in the order of their numbers. */
interface Believed {
  readonly axes: Axes;
  readonly members: readonly Point[];
  readonly mean: Float64Array;
}

const membersOf = (axes: Axes): readonly Point[] =>
  Array.from({ length: countOf(axes) }, (_, i) => pointAt(axes, i));

/** Mean belief at every level of axis `k`, over all members there. */
function averagesAlong(k: number, { axes, members, mean }: Believed): readonly number[] {
  return (axes[k]?.levels ?? []).map((_, level) => {
    const own = members.flatMap((point, i) => (point[k] === level ? [mean[i] ?? 0] : []));
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
}

/** Where nearly all values lie, and 0: single wild measurements are drawn at the edges, as triangles. */
function bulkOf(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [Math.min(0, at(0.04)), Math.max(0, at(0.96))];
  const room = 0.1 * (high - low || 1);
  return [low - room, high + room];
}

/** What the model believes in the end, over the two parameters that matter most to it. */
export function beliefFigure(
  { family: { axes } }: CounterexampleDeclaration,
  { findings: { belief, finalists } }: Told,
): Figure {
  const members = membersOf(axes);
  const [x, y] = twoThatMatter({ axes, members, mean: belief.mean });
  const best = new Map<string, number>();
  members.forEach((point, i) => {
    const key = [point[x], point[y]].join();
    best.set(key, Math.max(best.get(key) ?? -Infinity, belief.mean[i] ?? 0));
  });
  const level = (k: number, point: Point) => axes[k]?.levels[point[k] ?? 0] ?? 0;
  const axis = (k: number) => {
    const levels = axes[k]?.levels ?? [];
    const doubles = levels.length > 2 && (levels[0] ?? 0) > 0 && levels[2] === 4 * (levels[0] ?? 0);
    return {
      title: axes[k]?.title ?? '',
      ...(doubles ? { scale: 'log2' as const } : {}),
    };
  };
  return {
    id: 'belief',
    title: 'Where the search expects harm',
    caption: `What the search’s model expects in the end, over two parameters that move it most: in every cell the largest harm that the other parameters allow; dots are the finalists. *Look for* where colours pass 0, the border between tasks where larger helps and where it may hurt. *Do not read* it as measured: of ${members.length.toLocaleString('en-US')} tasks a few were.`,
    chart: mapChart({
      x: axis(x),
      y: axis(y),
      value: { title: 'largest expected harm, less shortfall of learning' },
      cells: members
        .filter((point) => point.every((at, k) => k === x || k === y || at === 0))
        .map((point) => ({
          x: level(x, point),
          y: level(y, point),
          value: best.get([point[x], point[y]].join()) ?? 0,
        })),
      points: finalists.map(({ point }) => ({ x: level(x, point), y: level(y, point) })),
      pointsLabel: 'finalists',
    }),
  };
}

/** Levels that an axis of a map has, at least: fewer would be stripes. */
const LEVELS = 4;

/** The two axes of enough levels along which the average over the others moves most, in the family's order. */
function twoThatMatter(believed: Believed): readonly [number, number] {
  const moves = believed.axes.map(({ levels }, k) => {
    const averages = averagesAlong(k, believed);
    const moved = Math.max(...averages) - Math.min(...averages);
    return { k, moved: levels.length < LEVELS ? -1 : moved };
  });
  const [a = { k: 0 }, b = { k: 1 }] = moves.sort((one, other) => other.moved - one.moved);
  return a.k < b.k ? [a.k, b.k] : [b.k, a.k];
}
