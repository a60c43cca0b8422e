const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** A minimum of a function of one variable. */
export interface Minimum {
  readonly at: number;
  readonly value: number;
}

/**
 * The least value of a function on [low, high]: the best of a grid, narrowed by golden sections.
 *
 * A function with several valleys is handled as long as the grid sees the deepest. The place is found to
 * the square root of float64's precision, as always where only values are compared; the value to round-off.
 */
export function minimumOn(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  { grid = 33, tolerance = 1e-8 }: { readonly grid?: number; readonly tolerance?: number } = {},
): Minimum {
  const step = (high - low) / (grid - 1);
  let best: Minimum = { at: low, value: Number.POSITIVE_INFINITY };
  const visit = (at: number): number => {
    const value = f(at);
    if (value < best.value) best = { at, value };
    return value;
  };
  for (let i = 0; i < grid; i++) visit(low + i * step);
  let [left, right] = [Math.max(low, best.at - step), Math.min(high, best.at + step)];
  let inner = right - GOLDEN * (right - left);
  let outer = left + GOLDEN * (right - left);
  let [fInner, fOuter] = [visit(inner), visit(outer)];
  while (right - left > tolerance * Math.max(1, Math.abs(left), Math.abs(right))) {
    if (fInner <= fOuter) {
      [right, outer, fOuter] = [outer, inner, fInner];
      inner = right - GOLDEN * (right - left);
      fInner = visit(inner);
    } else {
      [left, inner, fInner] = [inner, outer, fOuter];
      outer = left + GOLDEN * (right - left);
      fOuter = visit(outer);
    }
  }
  return best;
}
