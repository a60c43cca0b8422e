/** A parameter of a family of tasks, with the levels that it takes, in order. */
export interface LatticeAxis {
  readonly name: string;
  readonly levels: readonly number[];
}

/** A member of a family: the place of its level on every axis. */
export type Point = readonly number[];

/** The number of members of a family. */
export function countOf(axes: readonly LatticeAxis[]): number {
  return axes.reduce((count, { levels }) => count * levels.length, 1);
}

/** Member number `index`, from 0: the last axis varies fastest. */
export function pointAt(axes: readonly LatticeAxis[], index: number): Point {
  const point: number[] = [];
  let rest = index;
  for (const { levels } of [...axes].reverse()) {
    point.unshift(rest % levels.length);
    rest = Math.floor(rest / levels.length);
  }
  return point;
}

/** The number of a member: the inverse of `pointAt`. */
export function indexOf(axes: readonly LatticeAxis[], point: Point): number {
  return axes.reduce((index, { levels }, k) => index * levels.length + point[k]!, 0);
}

/** Levels of a member by the names of the axes. */
export function levelsAt(axes: readonly LatticeAxis[], point: Point): Record<string, number> {
  return Object.fromEntries(axes.map(({ name, levels }, k) => [name, levels[point[k]!]!]));
}

/** Where a member stands in the unit cube, its levels at even distances. */
export function placeOf(axes: readonly LatticeAxis[], point: Point): readonly number[] {
  return axes.map(({ levels }, k) => (levels.length > 1 ? point[k]! / (levels.length - 1) : 0.5));
}

/** Steps from level to level that lead from one member to another. */
export function stepsBetween(a: Point, b: Point): number {
  return a.reduce((sum, level, k) => sum + Math.abs(level - b[k]!), 0);
}
