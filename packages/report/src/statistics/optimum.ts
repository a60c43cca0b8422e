import type { Bounds } from '../verdict.ts';
import { type BootstrapOptions, expandedPercentile, resample } from './bootstrap.ts';
import { uniformSource } from './random.ts';

/** The losses of one knob value, seed by seed; null where that seed diverged, shorter where later seeds were not run. */
export interface SweepPoint {
  /** Positive, for instance a learning rate. */
  readonly x: number;
  readonly losses: readonly (number | null)[];
}

/** Where a sweep has its minimum. */
export interface Optimum {
  /** `edge`: the lowest mean loss stands at an end of the sweep. `diverged`: no point trained on all its seeds. */
  readonly status: 'interior' | 'edge' | 'diverged';
  /** The knob at the minimum; null where diverged. */
  readonly x: number | null;
  /** Its interval over seeds; null with fewer than two seeds. */
  readonly interval: Bounds | null;
  /** Loss at the minimum of the parabola. */
  readonly loss: number | null;
}

interface Minimum {
  readonly edge: boolean;
  readonly log2x: number;
  readonly logLoss: number;
}

type Mean = { readonly log2x: number; readonly loss: number };

/** Mean over the chosen seeds; infinite where one of them diverged, undefined where none was run. */
function meanOf(losses: readonly (number | null)[], chosen: readonly number[]): number | undefined {
  let [sum, count] = [0, 0];
  for (const seed of chosen) {
    const loss = losses[seed];
    if (loss === undefined) continue;
    sum += loss ?? Infinity;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}

/** The vertex of the least-squares parabola y = a + b·t + c·t², or undefined where it does not open upwards. */
function vertex(points: readonly (readonly [t: number, y: number])[]) {
  const sums = [0, 0, 0, 0, 0];
  const moments = [0, 0, 0];
  for (const [t, y] of points) {
    for (let p = 0; p < 5; p++) sums[p] = (sums[p] as number) + t ** p;
    for (let p = 0; p < 3; p++) moments[p] = (moments[p] as number) + y * t ** p;
  }
  const [s0, s1, s2, s3, s4] = sums as [number, number, number, number, number];
  const [m0, m1, m2] = moments as [number, number, number];
  const minor = { a: s2 * s4 - s3 * s3, b: s1 * s4 - s2 * s3, c: s1 * s3 - s2 * s2 };
  const determinant = s0 * minor.a - s1 * minor.b + s2 * minor.c;
  const a = (m0 * minor.a - s1 * (m1 * s4 - m2 * s3) + s2 * (m1 * s3 - m2 * s2)) / determinant;
  const b = (s0 * (m1 * s4 - m2 * s3) - m0 * minor.b + s2 * (s1 * m2 - s2 * m1)) / determinant;
  const c = (s0 * (s2 * m2 - s3 * m1) - s1 * (s1 * m2 - s2 * m1) + m0 * minor.c) / determinant;
  return c > 0 ? { at: -b / (2 * c), value: a - (b * b) / (4 * c) } : undefined;
}

/** The minimum of a sweep's means, or undefined where every point diverged. */
function minimum(means: readonly Mean[]): Minimum | undefined {
  let best = -1;
  means.forEach(({ loss }, i) => {
    if (loss < (means[best]?.loss ?? Infinity)) best = i;
  });
  const lowest = means[best];
  if (lowest === undefined) return undefined;
  const [left, right] = [means[best - 1], means[best + 1]];
  const atGrid = { log2x: lowest.log2x, logLoss: Math.log(lowest.loss) };
  if (left === undefined || right === undefined) return { edge: true, ...atGrid };
  const nearby = means.filter(
    ({ loss }, i) => Math.abs(i - best) <= 2 && loss <= 2 * lowest.loss && loss < Infinity,
  );
  const bracket = [left, lowest, right].filter(({ loss }) => loss < Infinity);
  for (const points of [nearby.length > 3 ? nearby : bracket, bracket]) {
    if (points.length < 3) continue;
    const found = vertex(points.map((p) => [p.log2x - lowest.log2x, Math.log(p.loss)]));
    if (found && found.at > left.log2x - lowest.log2x && found.at < right.log2x - lowest.log2x) {
      return { edge: false, log2x: lowest.log2x + found.at, logLoss: found.value };
    }
  }
  return { edge: false, ...atGrid };
}

/** The minimum of a sweep for each of the given choices of seeds. */
export function minima(
  sweep: readonly SweepPoint[],
  choices: readonly (readonly number[])[],
): readonly (Minimum | undefined)[] {
  const sorted = [...sweep].sort((a, b) => a.x - b.x);
  for (const { x, losses } of sorted) {
    const wrong = losses.find((loss) => loss !== null && !(loss > 0 && loss < Infinity));
    if (!(x > 0) || wrong !== undefined) {
      throw new Error(`unusable point: loss ${wrong ?? losses[0]} at ${x} (both positive)`);
    }
  }
  return choices.map((chosen) =>
    minimum(
      sorted.flatMap(({ x, losses }) => {
        const loss = meanOf(losses, chosen);
        return loss === undefined ? [] : [{ log2x: Math.log2(x), loss }];
      }),
    ),
  );
}

/** All seeds of the sweeps, and that many resampled choices of them: one draw for every sweep keeps pairing. */
export function seedChoices(
  sweeps: readonly (readonly SweepPoint[])[],
  { seed, resamples = 1000 }: BootstrapOptions,
): { readonly all: readonly number[]; readonly drawn: readonly (readonly number[])[] } {
  const count = Math.max(0, ...sweeps.flatMap((sweep) => sweep.map((p) => p.losses.length)));
  const all = Array.from({ length: count }, (_, s) => s);
  const uniform = uniformSource(seed);
  return {
    all,
    drawn: count < 2 ? [] : Array.from({ length: resamples }, () => resample(all, uniform)),
  };
}

/**
 * The optimum of a sweep, from a parabola of log loss against log2 of the knob through the points around the
 * lowest mean, with an expanded percentile interval from resampling seeds (losses are matched by index).
 * A parabola is kept only if its vertex lies between the neighbours of the lowest point; where the next point
 * diverged, the lowest point itself is the optimum. Throws on losses or knobs that are not positive.
 */
export function sweepOptimum(sweep: readonly SweepPoint[], options: BootstrapOptions): Optimum {
  const { all, drawn } = seedChoices([sweep], options);
  const [found, ...draws] = minima(sweep, [all, ...drawn]);
  if (found === undefined) {
    return { status: 'diverged', x: null, interval: null, loss: null };
  }
  const usable = draws.filter((draw) => draw !== undefined);
  const ends =
    usable.length === 0
      ? null
      : expandedPercentile(
          usable.map((draw) => draw.log2x),
          { count: all.length, level: options.level ?? 0.95 },
        );
  return {
    status: found.edge ? 'edge' : 'interior',
    x: 2 ** found.log2x,
    interval: ends && [2 ** ends[0], 2 ** ends[1]],
    loss: Math.exp(found.logLoss),
  };
}
