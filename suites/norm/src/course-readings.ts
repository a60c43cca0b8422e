import type { Course, Signal, Watched } from './course.ts';
import { slope } from './plane-readings.ts';

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over hidden weight matrices of log2 squared norm at the k-th stop; null where any is not finite. */
export function log2Square({ squares }: Watched, stop: number): number | null {
  const all = squares[stop] ?? [];
  return all.length === 0 || all.includes(null)
    ? null
    : mean(all.map((square) => Math.log2(square as number)));
}

/** log2 of the effective rate η/‖w‖² at the end, by seed: of the rate 2^exponent. Null where a net diverged. */
export function endEffectiveRates(
  { nets }: Course,
  exponents: readonly number[],
): readonly (readonly (number | null)[])[] {
  return nets.map((seeds, r) =>
    seeds.map((net) => {
      const square = log2Square(net, net.squares.length - 1);
      return square === null || net.loss === null ? null : (exponents[r] as number) - square;
    }),
  );
}

/** Upper half of the rates at which all seeds train: where theory of large rates is asked. */
export function largeRates({ nets }: Course): readonly number[] {
  const trained = nets.flatMap((seeds, r) => (seeds.every(({ loss }) => loss !== null) ? [r] : []));
  return trained.slice(Math.floor(trained.length / 2));
}

/** Slope by seed of the log2 effective rate at the end over the log2 rate, over the large rates; null where too few train. */
export function effectiveRateSlopes(
  course: Course,
  exponents: readonly number[],
): readonly number[] | null {
  const large = largeRates(course);
  if (large.length < 3) return null;
  const ends = endEffectiveRates(course, exponents);
  const x = large.map((r) => exponents[r] as number);
  return (course.nets[0] ?? []).map((_, seed) =>
    slope(
      x,
      large.map((r) => ends[r]?.[seed] as number),
    ),
  );
}

/**
 * Exponent by seed of the squared norm's growth with time at the largest rate that trains, over the last eighth to the
 * end of the steps (three doublings).
 */
export function growthExponents(
  course: Course,
  stops: readonly number[],
): readonly number[] | null {
  const large = largeRates(course).at(-1);
  if (large === undefined || stops.length < 4) return null;
  const from = stops.length - 4;
  const x = stops.slice(from).map(Math.log2);
  return (course.nets[large] ?? []).map((net) =>
    // The first of the squares is before the first step.
    slope(
      x,
      stops.slice(from).map((_, k) => log2Square(net, from + 1 + k) as number),
    ),
  );
}

/** The rate of least mean loss at the end of training. */
export function bestCourse({ nets }: Course): readonly Watched[] | null {
  const scored = nets.flatMap((seeds) =>
    seeds.every(({ loss }) => loss !== null)
      ? [{ seeds, loss: mean(seeds.map(({ loss }) => loss as number)) }]
      : [],
  );
  const best = scored.reduce<(typeof scored)[number] | null>(
    (least, one) => (least === null || one.loss < least.loss ? one : least),
    null,
  );
  return best?.seeds ?? null;
}

/** Slope of log2 mean square over depth, doublings a layer; null where a signal is not finite. */
export function scaleSlope(signals: readonly Signal[]): number | null {
  if (signals.length < 2 || signals.some(({ scale }) => scale === null || scale <= 0)) return null;
  return slope(
    signals.map((_, layer) => layer),
    signals.map(({ scale }) => 2 * Math.log2(scale as number)),
  );
}

/** log2 of the effective rank of the last layer; null where it is not finite. */
export function lastRank(signals: readonly Signal[]): number | null {
  const rank = signals.at(-1)?.rank ?? null;
  return rank === null || rank <= 0 ? null : Math.log2(rank);
}
