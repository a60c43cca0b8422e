import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { linearRegression, mean, sampleVariance } from 'simple-statistics';
import { type BootstrapOptions, expandedPercentile, resample } from './bootstrap.ts';
import { studentTwoSided } from './distributions.ts';
import type { Estimate } from './estimate.ts';
import { uniformSource } from './random.ts';

/** L(n) = floor + amplitude · n^(−exponent), floor and amplitude not negative. */
export interface PowerLaw {
  readonly floor: number;
  readonly amplitude: number;
  readonly exponent: number;
}

/** Search range of the exponent. */
const EXPONENTS = { low: 0.02, high: 4 } as const;

/** Value of a power law at n. */
export function powerLawAt({ floor, amplitude, exponent }: PowerLaw, n: number): number {
  return floor + amplitude * n ** -exponent;
}

/** The best floor and amplitude, neither negative, at a given exponent: a linear problem in two unknowns. */
function atExponent(exponent: number, n: readonly number[], losses: readonly number[]) {
  let [oo, op, pp, oy, py] = [0, 0, 0, 0, 0];
  n.forEach((size, i) => {
    const one = 1 / (losses[i] as number);
    const power = size ** -exponent * one;
    oo += one * one;
    op += one * power;
    pp += power * power;
    oy += one;
    py += power;
  });
  const determinant = oo * pp - op * op;
  let floor = (pp * oy - op * py) / determinant;
  let amplitude = (oo * py - op * oy) / determinant;
  if (!(floor >= 0)) [floor, amplitude] = [0, py / pp];
  if (!(amplitude >= 0)) [floor, amplitude] = [oy / oo, 0];
  const error = n.reduce(
    (sum, size, i) =>
      sum + ((floor + amplitude * size ** -exponent) / (losses[i] as number) - 1) ** 2,
    0,
  );
  return { floor, amplitude, exponent, error };
}

/** Least squares of relative errors: the best of a grid of exponents, polished by Levenberg and Marquardt. */
function fitOnce(n: readonly number[], losses: readonly number[]): PowerLaw {
  const grid = Array.from({ length: 32 }, (_, i) =>
    atExponent(EXPONENTS.low * (EXPONENTS.high / EXPONENTS.low) ** (i / 31), n, losses),
  );
  const start = grid.reduce((best, next) => (next.error < best.error ? next : best));
  if (start.amplitude === 0) return start;
  const { parameterValues } = levenbergMarquardt(
    { x: n.map((_, i) => i), y: n.map(() => 1) },
    ([floor = 0, amplitude = 0, exponent = 0]) =>
      (i) =>
        powerLawAt({ floor, amplitude, exponent }, n[i] as number) / (losses[i] as number),
    {
      initialValues: [start.floor, start.amplitude, start.exponent],
      minValues: [0, 0, EXPONENTS.low],
      maxValues: [Number.MAX_VALUE, Number.MAX_VALUE, EXPONENTS.high],
      damping: 1e-4,
      maxIterations: 30,
      errorTolerance: 1e-14,
      jacobianFunction:
        ([, amplitude = 0, exponent = 0]) =>
        (i) => {
          const size = n[i] as number;
          const loss = losses[i] as number;
          const power = size ** -exponent / loss;
          return [1 / loss, power, -amplitude * power * Math.log(size)];
        },
    },
  );
  // At the exponent found, floor and amplitude are solved exactly, so that a step cut at a bound does no harm.
  const polished = atExponent(parameterValues[2] ?? start.exponent, n, losses);
  return polished.error < start.error ? polished : start;
}

/** Whether a floor improves the fit beyond the noise of the means: an F test with one degree of freedom, two-sided 5 %. */
function floorShows(
  law: PowerLaw,
  n: readonly number[],
  means: readonly number[],
  losses: readonly (readonly number[])[],
): boolean {
  const seeds = losses[0]?.length ?? 0;
  const pure = pureLaw(n, means);
  const errorOf = (value: (size: number) => number): number =>
    n.reduce((sum, size, i) => sum + (value(size) / (means[i] as number) - 1) ** 2, 0);
  const noise =
    losses.reduce((s, row, i) => s + sampleVariance([...row]) / (means[i] as number) ** 2, 0) /
    (n.length * seeds);
  const gained =
    errorOf((size) => powerLawAt(pure, size)) - errorOf((size) => powerLawAt(law, size));
  if (!(gained > 0)) return false;
  if (noise === 0) return true;
  return studentTwoSided(Math.sqrt(gained / noise), n.length * (seeds - 1)) < 0.05;
}

/** A power law without a floor, by least squares of logarithms. */
function pureLaw(n: readonly number[], means: readonly number[]): PowerLaw {
  const { m, b } = linearRegression(
    n.map((size, i) => [Math.log(size), Math.log(means[i] as number)]),
  );
  return { floor: 0, amplitude: Math.exp(b), exponent: -m };
}

/** A fitted power law with intervals over seeds. */
export interface PowerLawFit {
  readonly law: PowerLaw;
  readonly floor: Estimate;
  readonly amplitude: Estimate;
  readonly exponent: Estimate;
  /** False where the interval of the floor reaches zero or a pure power law fits as well, by an F test against the spread of seeds. The exponent's interval is then too short. */
  readonly floorIdentified: boolean;
  /** False where the interval of the exponent reaches an end of its search range, [0.02, 4], or the loss does not fall. */
  readonly exponentIdentified: boolean;
}

/**
 * Fits L = E + A·n^(−α) to losses `[size, seed]` by least squares of relative errors of the means over seeds,
 * with expanded percentile intervals from resampling seeds (one draw for all sizes, so that pairing is kept).
 *
 * Throws on fewer than four sizes or two seeds, and on sizes or losses that are not positive.
 */
export function powerLawFit(
  n: readonly number[],
  losses: readonly (readonly number[])[],
  { seed, level = 0.95, resamples = 500 }: BootstrapOptions,
): PowerLawFit {
  const seeds = losses[0]?.length ?? 0;
  if (n.length < 4 || losses.length !== n.length || seeds < 2) {
    throw new Error(
      `too little data: ${n.length} sizes, ${seeds} seeds (4 sizes, 2 seeds or more)`,
    );
  }
  const wrong = [...n, ...losses.flat()].find((value) => !(value > 0 && value < Infinity));
  if (wrong !== undefined) throw new Error(`unusable value: ${wrong} (a positive number)`);
  if (losses.some((row) => row.length !== seeds)) {
    throw new Error(
      `ragged losses: ${losses.map((row) => row.length)} (equally many seeds a size)`,
    );
  }
  const meansOver = (chosen: readonly number[]): number[] =>
    losses.map((row) => mean(chosen.map((s) => row[s] as number)));
  const all = Array.from({ length: seeds }, (_, s) => s);
  const means = meansOver(all);
  const law = fitOnce(n, means);
  const uniform = uniformSource(seed);
  const draws = Array.from({ length: resamples }, () =>
    fitOnce(n, meansOver(resample(all, uniform))),
  );
  const estimate = (name: keyof PowerLaw): Estimate => ({
    estimate: law[name],
    interval: expandedPercentile(
      draws.map((draw) => draw[name]),
      { count: seeds, level },
    ),
    level,
  });
  const [floor, amplitude, exponent] = [
    estimate('floor'),
    estimate('amplitude'),
    estimate('exponent'),
  ];
  return {
    law,
    floor,
    amplitude,
    exponent,
    floorIdentified:
      floor.interval[0] > 0 && amplitude.interval[0] > 0 && floorShows(law, n, means, losses),
    exponentIdentified:
      amplitude.interval[0] > 0 &&
      exponent.interval[0] > EXPONENTS.low * 1.01 &&
      exponent.interval[1] < EXPONENTS.high * 0.99,
  };
}
