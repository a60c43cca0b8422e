/** An axis as tfjs passes it, counted from the end where negative, as one from 0 on. Throws where there is none such. */
export function axisOf(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank) {
    throw new Error(`unknown axis: ${axis} (−${rank} to ${rank - 1})`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** Axes as tfjs passes them (one, several, or none for all), sorted and from 0 on. Throws as `axisOf` does. */
export function axesOf(axis: number | readonly number[] | undefined, rank: number): number[] {
  if (axis === undefined || axis === null) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axis === 'number' ? [axis] : [...axis];
  return list.map((a) => axisOf(a, rank)).sort((a, b) => a - b);
}
