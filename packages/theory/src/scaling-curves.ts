import { mean } from './mean.ts';
/** Losses of one model size over training, or, with one point, of one finished run. */
export interface ScalingCurve {
  /** N. */
  readonly parameters: number;
  /** D, increasing, `[point]`. */
  readonly tokens: readonly number[];
  /** `[seed, point]`, positive. */
  readonly losses: readonly (readonly number[])[];
}

/** A curve's mean over seeds of ln loss, `[point]`. */
export function meanLogLosses({ tokens, losses }: ScalingCurve): number[] {
  return tokens.map((_, i) => {
    let sum = 0;
    for (const seed of losses) sum += Math.log(seed[i] as number);
    return sum / losses.length;
  });
}

/** Throws on fewer sizes than needed, ragged seeds, and numbers that are not positive. */
export function checkCurves(curves: readonly ScalingCurve[], leastSizes: number): void {
  const sizes = new Set(curves.map(({ parameters }) => parameters)).size;
  if (sizes < leastSizes) throw new Error(`too few sizes: ${sizes} (${leastSizes} or more)`);
  for (const { parameters, tokens, losses } of curves) {
    if (losses.length === 0 || losses.some((seed) => seed.length !== tokens.length)) {
      throw new Error(`ragged losses at ${parameters} parameters (${tokens.length} a seed)`);
    }
    const wrong = [parameters, ...tokens, ...losses.flat()].find(
      (value) => !(value > 0 && value < Number.POSITIVE_INFINITY),
    );
    if (wrong !== undefined) throw new Error(`unusable value: ${wrong} (a positive number)`);
  }
}

/** ln N_opt = intercept + exponent · ln C. */
export interface OptimumLine {
  /** a of N_opt ∝ C^a. */
  readonly exponent: number;
  /** ln N_opt at C = 1. */
  readonly intercept: number;
  /** What the line was fitted to: compute C and parameters N_opt found there. */
  readonly optima: readonly { readonly compute: number; readonly parameters: number }[];
}

/** Least squares of ln N on ln C; not a number from fewer than two budgets. */
export function optimumLine(optima: OptimumLine['optima']): OptimumLine {
  const xs = optima.map(({ compute }) => Math.log(compute));
  const ys = optima.map(({ parameters }) => Math.log(parameters));
  const [mx, my] = [xs, ys].map((values) => mean(values)) as [number, number];
  let [xx, xy] = [0, 0];
  xs.forEach((x, i) => {
    xx += (x - mx) ** 2;
    xy += (x - mx) * ((ys[i] as number) - my);
  });
  const exponent = xx > 0 ? xy / xx : Number.NaN;
  return { exponent, intercept: my - exponent * mx, optima };
}
