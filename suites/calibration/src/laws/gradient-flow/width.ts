import type { Evidence, Profile } from '@hyperlaw/cli';
import type { MlpShape } from '@hyperlaw/core';
import { bootstrapStratified, type Claim } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { type LimitCheck, limitCheck, mean, minimumOn } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured, resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import { MARGIN, taskOf } from './flow.ts';
import type { DescentInput, Descents } from './measure.ts';

const POINTS = 10;
const FACTOR = 10;
/** Widths from which the change enters the fit of its exponent. */
const LEAST_WIDTH = 32;

/** Widths, each compared with nets ten times as wide. */
const widthsOf: Readonly<Record<Profile, readonly number[]>> = {
  smoke: [8, 16],
  standard: [8, 16, 32, 64, 128, 256],
  full: [8, 16, 32, 64, 128, 256, 512],
};
const seedsOf: Readonly<Record<Profile, (width: number) => number>> = {
  smoke: () => 8,
  // The spread between seeds falls with width, the cost of one grows with its square. Most where the exponent is read:
  // from 32 on, and ten times that.
  standard: (width) =>
    ({ 8: 512, 16: 512, 32: 4096, 64: 2048, 128: 1024, 320: 384, 640: 192 })[width] ??
    (width <= 256 ? 512 : Math.round(40_960 / width)),
  full: (width) => (width <= 256 ? 4096 : Math.round(655_360 / width)),
};
/** Nets of one experiment: fewer where they are wide, so that none takes long. */
const lanesOf = (width: number): number => Math.max(8, Math.min(256, Math.floor(20_480 / width)));

const nameOf = (width: number, group: number): string =>
  `gradient-flow width ${width}, group ${group}`;

function cellsOf(profile: Profile) {
  const narrow = widthsOf[profile];
  const widths = [...new Set([...narrow, ...narrow.map((width) => FACTOR * width)])];
  return widths.flatMap((width) => {
    const [seeds, lanes] = [seedsOf[profile](width), lanesOf(width)];
    return Array.from({ length: Math.ceil(seeds / lanes) }, (_, group) => ({
      width,
      group,
      seeds: Array.from(
        { length: Math.min(lanes, seeds - group * lanes) },
        (_, s) => 10_000 * width + group * lanes + s,
      ),
    }));
  });
}

/** Nets of every width and of ten times each, in groups of at most 256 initializations. */
export function planWidth(profile: Profile): readonly Experiment[] {
  return cellsOf(profile).map(({ width, group, seeds }) => {
    const model: MlpShape = {
      ...{ kind: 'mlp', width, depth: 2, activation: 'tanh', bias: false, centred: false },
    };
    const input: DescentInput = {
      task: taskOf(4),
      model,
      parameterization: { name: 'mup', baseWidth: 16 },
      trained: 'all',
      // The readout starts at 0, so that all nets start as the same function.
      knobs: { 'initScale/output': 0 },
      rates: [{ learningRate: 0.03, every: 2 }],
      points: POINTS,
      seeds,
    };
    const cost = 0.02 + seeds.length * (5e-4 + 8e-8 * width ** 2);
    return { name: nameOf(width, group), kind: 'descents', input, data: [], version: 1, cost };
  });
}

/** A width against ten times as wide. */
export interface Widening {
  readonly width: number;
  readonly check: LimitCheck;
  /** Mean over τ of ln loss, narrow and wide: means over up to 32 groups of initializations each. */
  readonly levels: readonly [narrow: readonly number[], wide: readonly number[]];
  readonly nets: readonly [narrow: number, wide: number];
}

/** Every width beside ten times as wide; `missing` where nets of either diverged or failed. */
export function wideningsOf(evidence: Evidence): Readings<Widening> {
  const curvesOf = (width: number): number[][] =>
    cellsOf(evidence.profile)
      .filter((cell) => cell.width === width)
      .flatMap(({ group }) => resultOf<Descents>(evidence, nameOf(width, group)).curves[0] ?? [])
      .map((curve) =>
        curve.slice(1).map((loss) => {
          if (loss !== null) return loss;
          throw new NotMeasured(`a net of width ${width} diverged`);
        }),
      );
  const read = (width: number): Widening => {
    const [before, after] = [curvesOf(width), curvesOf(FACTOR * width)];
    const level = (curve: readonly number[]) => mean(curve.map(Math.log));
    return {
      width,
      check: limitCheck({ before, after, design: 'independent', margin: MARGIN }),
      levels: [grouped(before.map(level)), grouped(after.map(level))],
      nets: [before.length, after.length],
    };
  };
  return readEach(
    widthsOf[evidence.profile],
    (width) => `Width ${width} beside ten times as wide, μP`,
    read,
  );
}

export function widthClaims(widenings: readonly Widening[]): Claim[] {
  const widest = widenings[widenings.length - 1];
  const fitted = widenings.filter(({ width }) => width >= LEAST_WIDTH);
  const exponent = agreement({
    name: `Exponent in width n of the change of ln loss from n to 10 n, n ≥ ${LEAST_WIDTH}, μP`,
    predicted: -1,
    measured: () => {
      if (fitted.length < 2) throw new NotMeasured('fewer than two widths');
      return bootstrapStratified(
        fitted.flatMap(({ levels }) => levels),
        gapExponent(fitted),
        { seed: 44 },
      );
    },
    // Of a next order of 5/n, as kernels have it, 1 + 5/n changes the exponent between 32 and 64 by 0.1.
    tolerance: 0.1,
    test: 'weighted fit of the mean change over τ, bootstrap over initializations at each width',
  });
  if (widest === undefined) return [exponent];
  return [
    exponent,
    agreement({
      name: `Change of ln loss from width ${widest.width} to ten times as wide, μP`,
      predicted: 0,
      measured: { estimate: widest.check.distance, interval: widest.check.interval, level: 0.95 },
      tolerance: MARGIN,
      unit: 'nats',
      test: `limit check, root mean square over τ, ${widest.nets.join(' and ')} independent initializations`,
    }),
  ];
}

/**
 * The exponent p of the law c n^p that lies closest to the changes of mean ln loss, each weighed by its standard error:
 * the smallest of them are no more than noise, and their logarithms would be worse. Strata are the levels, narrow and wide
 * in turn.
 */
function gapExponent(widenings: readonly Widening[]) {
  const errors = widenings.map(({ levels }) =>
    Math.hypot(...levels.map((values) => deviation(values) / Math.sqrt(values.length))),
  );
  return (strata: readonly (readonly number[])[]): number => {
    const gaps = widenings.map((_, i) => mean(strata[2 * i] ?? []) - mean(strata[2 * i + 1] ?? []));
    const misfit = (exponent: number): number => {
      const terms = widenings.map(({ width }, i) => {
        const error = errors[i] as number;
        return [width ** exponent / error, (gaps[i] as number) / error] as const;
      });
      const sum = (f: (shape: number, gap: number) => number) =>
        terms.reduce((total, [shape, gap]) => total + f(shape, gap), 0);
      return sum((_, g) => g * g) - sum((f, g) => f * g) ** 2 / sum((f) => f * f);
    };
    return minimumOn(misfit, [-4, 1], { tolerance: 1e-4 }).at;
  };
}

/** Means over equal groups in order, 32 at most: a bootstrap over thousands would take seconds. */
function grouped(values: readonly number[]): number[] {
  const size = Math.ceil(values.length / 32);
  return Array.from({ length: Math.floor(values.length / size) }, (_, i) =>
    mean(values.slice(i * size, (i + 1) * size)),
  );
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}
