/** Loss of one step of a ramp. */
export interface RampPoint {
  readonly rate: number;
  /** Null where it was not finite. */
  readonly loss: number | null;
}

/** What a learning-rate range test says. */
export interface Suggestion {
  /** Where the loss falls fastest in the logarithm of the rate. */
  readonly steepest: number;
  /** A tenth of the rate at which the loss is lowest. */
  readonly tenth: number;
}

/** The finder's ramp: its ends, and how many steps it takes. */
export const FINDER = { from: 1e-7, to: 10, steps: 100 } as const;

/** Decay of the exponential mean of losses. */
const SMOOTHING = 0.98;

/** A ramp is over where its smoothed loss is this many times the lowest before. */
const OVER = 4;

/** Steps at the end that are not looked at, and the share at the start. */
const LAST = 5;
const FIRST = 0.1;

/**
 * The rates that a range test (1506.01186, section 3.3) suggests by two rules of fastai's finder, `steep` and `minimum`
 * (docs.fast.ai/callback.schedule.html): both read the exponential mean of the losses with decay 0.98, its start corrected,
 * up to where it has grown fourfold, without the first tenth of the steps and the last five. Null where nothing is left.
 */
export function suggestionOf(ramp: readonly RampPoint[]): Suggestion | null {
  const points = smoothed(ramp).slice(Math.floor(FIRST * ramp.length), -LAST);
  const [lowest] = leastBy(points, ({ loss }) => loss);
  const falls = points.slice(1).map(({ rate, loss }, i) => {
    const before = points[i] as SmoothedPoint;
    return { rate: before.rate, slope: (loss - before.loss) / Math.log(rate / before.rate) };
  });
  const [steepest] = leastBy(falls, ({ slope }) => slope);
  if (lowest === undefined || steepest === undefined) return null;
  return { steepest: steepest.rate, tenth: lowest.rate / 10 };
}

export interface SmoothedPoint {
  readonly rate: number;
  readonly loss: number;
}

/** The exponential mean of a ramp's losses, until the ramp is over. */
export function smoothed(ramp: readonly RampPoint[]): readonly SmoothedPoint[] {
  const points: SmoothedPoint[] = [];
  let [sum, weight, lowest] = [0, 0, Number.POSITIVE_INFINITY];
  for (const { rate, loss } of ramp) {
    if (loss === null) break;
    sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    const mean = sum / weight;
    if (mean > OVER * lowest) break;
    lowest = Math.min(lowest, mean);
    points.push({ rate, loss: mean });
  }
  return points;
}

/** The member with the least value, in a list that is empty where there is none. */
function leastBy<T>(members: readonly T[], value: (member: T) => number): readonly T[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  return [others.reduce((best, next) => (value(next) < value(best) ? next : best), first)];
}
