import type { Course, Signal, Watched } from './course.ts';
import { mean } from './mean.ts';
import { slope } from './slope.ts';

/** Mean over hidden weight matrices of log2 squared norm at the k-th stop; null where any is not finite. */
export function log2Square({ squares }: Watched, stop: number): number | null {
  const all = squares[stop] ?? [];
  return all.length === 0 || all.includes(null)
    ? null
    : mean(all.map((square) => Math.log2(square as number)));
}

/** Whether a net has learnt something: its late loss lies below that of a constant prediction. */
const hasLearnt = ({ loss }: Watched, ceiling: number) => loss !== null && loss < ceiling;

/** log2 of the effective rate η/‖w‖² at the end, by seed: of the rate 2^exponent. Null where nothing was learnt. */
export function endEffectiveRates(
  { nets }: Course,
  { exponents, ceiling }: { readonly exponents: readonly number[]; readonly ceiling: number },
): readonly (readonly (number | null)[])[] {
  return nets.map((seeds, r) =>
    seeds.map((net) => {
      const square = log2Square(net, net.squares.length - 1);
      return square === null || !hasLearnt(net, ceiling) ? null : (exponents[r] as number) - square;
    }),
  );
}

/** Upper half of the rates at which all seeds learn: where theory of large rates is asked. */
function largeRates({ nets }: Course, ceiling: number): readonly number[] {
  const trained = nets.flatMap((seeds, r) =>
    seeds.every((net) => hasLearnt(net, ceiling)) ? [r] : [],
  );
  return trained.slice(Math.floor(trained.length / 2));
}

/** Slope by seed of the log2 effective rate at the end over the log2 rate, over the large rates; null where too few train. */
export function effectiveRateSlopes(
  course: Course,
  of: { readonly exponents: readonly number[]; readonly ceiling: number },
): readonly number[] | null {
  const large = largeRates(course, of.ceiling);
  if (large.length < 3) return null;
  const ends = endEffectiveRates(course, of);
  const x = large.map((r) => of.exponents[r] as number);
  return (course.nets[0] ?? []).map((_, seed) =>
    slope(
      x,
      large.map((r) => ends[r]?.[seed] as number),
    ),
  );
}

/**
 * Exponent by seed of the squared norm's growth with time at the largest rate at which all seeds learn, from an eighth of
 * the steps to their end (three doublings).
 */
export function growthExponents(
  course: Course,
  { stops, ceiling }: { readonly stops: readonly number[]; readonly ceiling: number },
): readonly number[] | null {
  const large = largeRates(course, ceiling).at(-1);
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
