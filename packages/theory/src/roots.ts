/** Where and how closely to look for a root. */
export interface RootOptions {
  readonly low: number;
  readonly high: number;
  /** Largest distance from the root, beside a few units in the last place; 0 asks for all of float64. */
  readonly tolerance?: number;
}

/**
 * A root of a continuous function between `low` and `high`, where its signs differ.
 *
 * Inverse quadratic interpolation where three points allow it, bisection otherwise, by the criterion of Chandrupatla
 * (1997), "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using
 * derivatives". Where the function jumps through zero, the place of the jump. Throws where the signs do not differ, or
 * where a value is not a number.
 */
export function findRoot(
  f: (x: number) => number,
  { low, high, tolerance = 0 }: RootOptions,
): number {
  // [a, b] always holds the root, b is the newest point, c the one that b or a replaced.
  let [a, b] = [high, low];
  let [fa, fb] = [f(a), f(b)];
  if (!(Math.sign(fa) * Math.sign(fb) <= 0)) {
    throw new Error(
      `no change of sign: f(${low}) = ${fb}, f(${high}) = ${fa} (one below zero, one above)`,
    );
  }
  let [c, fc] = [a, fa];
  let fraction = 0.5;
  for (;;) {
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const nearest = (2 * Number.EPSILON * Math.abs(best) + tolerance / 2) / Math.abs(b - a);
    if (fBest === 0 || !(nearest < 0.5)) return best;
    const x = a + Math.min(Math.max(fraction, nearest), 1 - nearest) * (b - a);
    if (x === a || x === b) return best;
    const fx = f(x);
    if (Number.isNaN(fx)) throw new Error(`no value: f(${x}) = NaN (a number)`);
    if (Math.sign(fx) === Math.sign(fa)) {
      [c, fc] = [a, fa];
    } else {
      [c, fc] = [b, fb];
      [b, fb] = [a, fa];
    }
    [a, fa] = [x, fx];
    fraction = interpolate([a, fa], [b, fb], [c, fc]) ?? 0.5;
  }
}

type Point = readonly [x: number, y: number];

/** The root's place as a fraction of the way from a to b, where the inverse parabola is single-valued between them. */
function interpolate([a, fa]: Point, [b, fb]: Point, [c, fc]: Point): number | undefined {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return undefined;
  return (
    (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
  );
}
